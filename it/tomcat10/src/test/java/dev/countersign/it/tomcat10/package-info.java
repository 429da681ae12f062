/** The contract on Tomcat 10.1. */
@NullMarked
package dev.countersign.it.tomcat10;

import org.jspecify.annotations.NullMarked;
