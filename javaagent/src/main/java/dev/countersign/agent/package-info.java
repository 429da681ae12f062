/** The entry of the agent, which is all that the application can see of it. */
package dev.countersign.agent;
