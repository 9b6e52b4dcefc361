package io.realmstream.deploy.cli.evaluate.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The wrong answers of an evaluation, taken as they come. The first page has the most probable
 * ones, {@value #PAGE} at most. If there are more, all of them also go into pages of their own,
 * {@code wrong-1.html} and so on, in the order of the questions. One such page is held in memory at
 * a time.
 */
public final class WrongAnswers {
  /** The page that leads to the others. */
  static final String FIRST = "report.html";

  /** Answers on one page, which takes about a megabyte. */
  static final int PAGE = 200;

  private static final Comparator<WrongAnswer> LEAST_SURE_FIRST =
      Comparator.comparingDouble(WrongAnswer::probability);

  private final Path folder;
  private final PriorityQueue<WrongAnswer> surest = new PriorityQueue<>(LEAST_SURE_FIRST);
  private final List<WrongAnswer> page = new ArrayList<>();
  private int total;
  private int pages;

  /** Deletes the pages that an earlier evaluation left in the folder. */
  public WrongAnswers(Path folder) throws IOException {
    this.folder = folder;
    try (DirectoryStream<Path> old = Files.newDirectoryStream(folder, "wrong-*.html")) {
      for (Path file : old) {
        Files.delete(file);
      }
    }
  }

  /** Takes the next wrong answer. */
  public void add(WrongAnswer answer) {
    total++;
    surest.add(answer);
    if (surest.size() > PAGE) {
      surest.remove();
    }
    if (page.size() == PAGE) {
      write(true);
    }
    page.add(answer);
  }

  /** Says that all have come. */
  public void end() {
    if (pages > 0) {
      write(false);
    }
  }

  int total() {
    return total;
  }

  /** How many pages there are besides the first; 0 = the first page has all. */
  int pages() {
    return pages;
  }

  /** The most probable ones, in descending order. */
  List<WrongAnswer> surest() {
    return surest.stream().sorted(LEAST_SURE_FIRST.reversed()).toList();
  }

  static String name(int page) {
    return "wrong-" + page + ".html";
  }

  private void write(boolean more) {
    pages++;
    Html html = Html.document("Wrong answers, page " + pages, Style.TEXT);
    html.element("h1", "Wrong answers, page " + pages);
    links(html, more);
    page.forEach(answer -> answer.write(html));
    links(html, more);
    page.clear();
    try {
      Files.writeString(folder.resolve(name(pages)), html.end());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void links(Html html, boolean more) {
    html.open("nav").element("a", "Report", "href", FIRST);
    if (pages > 1) {
      html.text(" · ").element("a", "Page " + (pages - 1), "href", name(pages - 1));
    }
    if (more) {
      html.text(" · ").element("a", "Page " + (pages + 1), "href", name(pages + 1));
    }
    html.close();
  }
}
