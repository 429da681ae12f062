package org.apache.catalina.connector;

/** A class with the name of a hook point, changed beyond recognition. */
public final class CoyoteAdapter {

  public static void main(String[] arguments) {
    System.out.println("ran");
  }
}
