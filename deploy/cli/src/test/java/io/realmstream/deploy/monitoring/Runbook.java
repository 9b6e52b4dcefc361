package io.realmstream.deploy.monitoring;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The commands of a page: the lines of its blocks that name no language. */
public final class Runbook {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```\\n(.*?)^```");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
  private static final String NOT_RUN = "# not run here";
  private static final String REALM = "deploy/realm ";

  private Runbook() {}

  /** One line of a block. */
  public record Command(String line) {
    boolean isOurs() {
      return line.startsWith(REALM);
    }

    /** Whether a test runs it against a run that is well. */
    public boolean isRun() {
      return !line.endsWith(NOT_RUN);
    }

    /** Behind the program's name. */
    public String[] arguments() {
      List<String> words = new ArrayList<>();
      Matcher matcher = WORD.matcher(line.substring(REALM.length()).replace(NOT_RUN, ""));
      while (matcher.find()) {
        words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
      }
      return words.toArray(String[]::new);
    }
  }

  public static List<Command> commands() throws IOException {
    return commands("RUNBOOK.md");
  }

  /** Of another page below {@code deploy}. */
  static List<Command> commands(String page) throws IOException {
    List<Command> commands = new ArrayList<>();
    Matcher blocks = BLOCK.matcher(MonitoringFiles.text(page));
    while (blocks.find()) {
      blocks.group(1).lines().map(Command::new).forEach(commands::add);
    }
    return commands;
  }
}
