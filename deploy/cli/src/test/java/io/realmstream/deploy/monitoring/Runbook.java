package io.realmstream.deploy.monitoring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The commands of a page: the lines of its blocks that name no language, and lines of {@code
 * deploy/realm} that are indented. A line, or a block in its first one, may say that it is not run.
 */
public final class Runbook {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
  private static final Pattern INDENTED = Pattern.compile("(?m)^ {4}(deploy/realm .*)$");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
  private static final String NOT_RUN = "# not run here";
  private static final String REALM = "deploy/realm ";

  private Runbook() {}

  /** One line of a block. */
  public record Command(String line) {
    /** {@code bench} is a command of another module. */
    boolean isOurs() {
      return line.startsWith(REALM) && !line.startsWith(REALM + "bench ");
    }

    /** Whether a test runs it against a run that is well. */
    public boolean isRun() {
      return !line.contains(NOT_RUN);
    }

    /** Behind the program's name. */
    public String[] arguments() {
      List<String> words = new ArrayList<>();
      Matcher matcher = WORD.matcher(line.substring(REALM.length()).replaceAll(" +[#&].*", ""));
      while (matcher.find()) {
        words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
      }
      return words.toArray(String[]::new);
    }
  }

  /** Of a page below {@code deploy}. */
  public static List<Command> commands(String page) throws IOException {
    List<Command> commands = new ArrayList<>();
    String text = MonitoringFiles.text(page);
    Matcher blocks = BLOCK.matcher(text);
    while (blocks.find()) {
      String block = blocks.group(1).isEmpty() ? blocks.group(2) : "";
      String mark = block.startsWith(NOT_RUN + "\n") ? " " + NOT_RUN : "";
      block
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .forEach(line -> commands.add(new Command(line + mark)));
    }
    INDENTED.matcher(text).results().forEach(line -> commands.add(new Command(line.group(1))));
    return commands;
  }

  /** All pages below {@code deploy}. */
  static List<String> pages() throws IOException {
    Path deploy = MonitoringFiles.root().resolve("deploy");
    try (Stream<Path> files = Files.walk(deploy, 2)) {
      return files
          .filter(file -> file.toString().endsWith(".md"))
          .map(file -> deploy.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
