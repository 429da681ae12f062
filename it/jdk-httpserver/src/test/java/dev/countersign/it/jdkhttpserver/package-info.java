/** The contract on the HttpServer of the JDK. */
@NullMarked
package dev.countersign.it.jdkhttpserver;

import org.jspecify.annotations.NullMarked;
