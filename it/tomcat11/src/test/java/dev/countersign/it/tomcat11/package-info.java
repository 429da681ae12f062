/** The contract on Tomcat 11. */
@NullMarked
package dev.countersign.it.tomcat11;

import org.jspecify.annotations.NullMarked;
