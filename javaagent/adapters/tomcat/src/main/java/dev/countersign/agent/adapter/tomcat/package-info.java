/** Apache Tomcat, below the servlet API. */
@NullMarked
package dev.countersign.agent.adapter.tomcat;

import org.jspecify.annotations.NullMarked;
