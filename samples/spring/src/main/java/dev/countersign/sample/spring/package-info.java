/** An MCP server of Spring AI behind the filter, without Spring Security. */
@NullMarked
package dev.countersign.sample.spring;

import org.jspecify.annotations.NullMarked;
