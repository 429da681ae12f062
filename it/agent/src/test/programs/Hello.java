/** Says that it runs. */
public final class Hello {

  public static void main(String[] arguments) {
    System.setProperty("java.util.logging.manager", "MyLogManager");
    System.out.println("ran with " + java.util.logging.LogManager.getLogManager().getClass());
  }
}
