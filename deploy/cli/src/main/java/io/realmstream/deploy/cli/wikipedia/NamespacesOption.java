package io.realmstream.deploy.cli.wikipedia;

import io.realmstream.deploy.cli.arguments.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Which pages of a wiki are wanted. */
@Command // else it is no mixin
final class NamespacesOption {
  @Option(
      names = "--namespace",
      paramLabel = "NUMBER",
      split = ",",
      defaultValue = "0",
      description = "Namespaces of pages (default: ${DEFAULT-VALUE}, which is articles).")
  @Range(min = -2, max = Integer.MAX_VALUE)
  private List<Integer> namespaces = new ArrayList<>();

  List<Integer> numbers() {
    return namespaces;
  }

  Set<Integer> set() {
    return Set.copyOf(namespaces);
  }
}
