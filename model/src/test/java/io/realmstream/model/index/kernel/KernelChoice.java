package io.realmstream.model.index.kernel;

/** Started as a process of its own: prints which kernel it runs and a dot product by it. */
public final class KernelChoice {
  private KernelChoice() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) {
    int[] dots = new int[1];
    Kernel.chosen().dots(new short[] {3, -127}, new Rows(new byte[] {5, 127}, 0, 1), dots);
    System.out.println(Kernel.name() + " " + dots[0]);
  }
}
