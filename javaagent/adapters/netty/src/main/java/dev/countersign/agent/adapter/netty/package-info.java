/** What the adapters of servers on Netty share. */
@NullMarked
package dev.countersign.agent.adapter.netty;

import org.jspecify.annotations.NullMarked;
