/** {@link dev.countersign.store.jcache.JCacheSharedStore}, a shared store in any JSR 107 cache. */
@NullMarked
package dev.countersign.store.jcache;

import org.jspecify.annotations.NullMarked;
