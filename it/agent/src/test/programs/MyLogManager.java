/** A log manager of the application, set by its main method as Quarkus does. */
public final class MyLogManager extends java.util.logging.LogManager {}
