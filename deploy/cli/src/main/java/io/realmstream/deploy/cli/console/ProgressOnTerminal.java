package io.realmstream.deploy.cli.console;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar with rate and time left that repaints itself. */
final class ProgressOnTerminal implements Progress {
  /** Erases the bar's line, so that a message does not stand on its remains. */
  private static final String ERASE_LINE = "\r\033[2K";

  private final ProgressBar bar;

  ProgressOnTerminal(String task, String things) {
    bar =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setUnit(" " + things, 1)
            .setInitialMax(-1)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(250)
            .showSpeed()
            .build();
  }

  @Override
  public void update(long done, long total) {
    bar.maxHint(total > 0 ? total : -1);
    bar.stepTo(done);
  }

  @Override
  public void message(String line) {
    System.err.println(ERASE_LINE + TerminalWriter.neutral(line));
  }

  @Override
  public void close() {
    bar.close();
  }
}
