package io.realmstream.deploy.bench.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Draws what a query costs against how many passages there are, both logarithmic, as SVG: a line
 * for each way to search that was measured in rounds.
 */
final class CostPicture {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 440;
  private static final int LEFT = 70;
  private static final int RIGHT = 220;
  private static final int TOP = 40;
  private static final int BOTTOM = 50;

  /** Told apart by people who see red and green alike. */
  private static final List<String> COLORS =
      List.of("#0072b2", "#56b4e9", "#000000", "#d55e00", "#e69f00", "#cc79a7");

  private final List<Figure> points;
  private final Axis x;
  private final Axis y;
  private final StringBuilder svg = new StringBuilder();

  /** From a power of ten to a power of ten. */
  private record Axis(int first, int last, double start, double end) {
    static Axis of(double least, double most, double start, double end) {
      int first = (int) Math.floor(Math.log10(least) + 1e-9);
      int last = (int) Math.ceil(Math.log10(most) - 1e-9);
      return new Axis(first, Math.max(first + 1, last), start, end);
    }

    double at(double value) {
      return start + (Math.log10(value) - first) / (last - first) * (end - start);
    }
  }

  /**
   * @param figures of runs over several counts
   * @throws IllegalArgumentException when none of them is a time of a query
   */
  CostPicture(List<Figure> figures) {
    points = figures.stream().filter(figure -> !figure.rounds().isEmpty()).toList();
    var counts = points.stream().mapToDouble(Figure::passages).summaryStatistics();
    var times = points.stream().mapToDouble(Figure::value).summaryStatistics();
    if (points.isEmpty() || times.getMin() <= 0) {
      throw new IllegalArgumentException("nothing to draw");
    }
    x = Axis.of(counts.getMin(), counts.getMax(), LEFT, WIDTH - RIGHT);
    y = Axis.of(times.getMin(), times.getMax(), HEIGHT - BOTTOM, TOP);
  }

  String svg(String title) {
    svg.setLength(0);
    line(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' font-family='sans-serif'"
            + " font-size='12'>",
        WIDTH, HEIGHT);
    line("<rect width='%d' height='%d' fill='white'/>", WIDTH, HEIGHT);
    text(LEFT, TOP - 16, "start", title);
    grid();
    List<String> names = new ArrayList<>(points.stream().map(Figure::name).distinct().toList());
    for (int i = 0; i < names.size(); i++) {
      draw(names.get(i), i);
    }
    return svg.append("</svg>\n").toString();
  }

  private void grid() {
    for (int power = x.first(); power <= x.last(); power++) {
      double at = x.at(Math.pow(10, power));
      line("<path d='M%.1f %d V%d' stroke='#ccc'/>", at, TOP, HEIGHT - BOTTOM);
      text(at, HEIGHT - BOTTOM + 18, "middle", "%,.0f".formatted(Math.pow(10, power)));
    }
    for (int power = y.first(); power <= y.last(); power++) {
      double at = y.at(Math.pow(10, power));
      line("<path d='M%d %.1f H%d' stroke='#ccc'/>", LEFT, at, WIDTH - RIGHT);
      text(
          LEFT - 6,
          at + 4,
          "end",
          (power < 0 ? "%." + -power + "f" : "%.0f").formatted(Math.pow(10, power)));
    }
    text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 12, "middle", "passages");
    text(LEFT - 6, TOP - 4, "end", "ms");
  }

  private void draw(String name, int number) {
    String color = COLORS.get(number % COLORS.size());
    List<Figure> line = points.stream().filter(point -> point.name().equals(name)).toList();
    String path =
        line.stream()
            .map(point -> place(point, "%.1f %.1f"))
            .collect(Collectors.joining(" L", "M", ""));
    line("<path d='%s' fill='none' stroke='%s' stroke-width='2'/>", path, color);
    for (Figure point : line) {
      line("<circle %s r='3' fill='%s'/>", place(point, "cx='%.1f' cy='%.1f'"), color);
    }
    int top = TOP + 10 + 20 * number;
    int left = WIDTH - RIGHT + 14;
    line("<path d='M%d %d h18' stroke='%s' stroke-width='2'/>", left, top, color);
    text(left + 24, top + 4, "start", name);
  }

  private String place(Figure point, String format) {
    return String.format(Locale.ROOT, format, x.at(point.passages()), y.at(point.value()));
  }

  private void text(double x, double y, String anchor, String text) {
    line("<text x='%.1f' y='%.1f' text-anchor='%s'>%s</text>", x, y, anchor, text);
  }

  private void line(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
