package io.realmstream.deploy.bench.index;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Draws what a query costs against how many passages there are, both logarithmic, as SVG: a line
 * for each way to search that was measured in rounds, named at its end.
 *
 * <p>It has a background of its own, and colors for dark surroundings beside those for light ones,
 * so that it can be read wherever it is shown.
 */
final class CostPicture {
  private static final int WIDTH = 870;
  private static final int HEIGHT = 470;
  private static final int LEFT = 64;
  private static final int FIRST = 80;
  private static final int LAST = 580;
  private static final int TOP = 90;
  private static final int BOTTOM = 410;
  private static final int VALUES_END = LAST + 80;
  private static final int NAMES = VALUES_END + 10;
  private static final int LABEL_HEIGHT = 19;

  /** Blue and orange: told apart by people who see red and green alike. */
  private static final String STYLE =
      """
      <style>
      text { fill: #1f2328; font: 13px system-ui, 'Segoe UI', Helvetica, Arial, sans-serif }
      .title { font-size: 17px; font-weight: 600 }
      .quiet { fill: #59636e }
      .card { fill: #ffffff; stroke: #d1d9e0 }
      .grid { stroke: #e4e9ee }
      .decade { stroke: #c2cad2 }
      .exact, .exact text { color: #0550ae; fill: #0550ae }
      .cells, .cells text { color: #bc4c00; fill: #bc4c00 }
      .line { fill: none; stroke: currentColor; stroke-width: 2.2; stroke-linecap: round }
      @media (prefers-color-scheme: dark) {
        text { fill: #e6edf3 }
        .quiet { fill: #9198a1 }
        .card { fill: #0d1117; stroke: #3d444d }
        .grid { stroke: #21262d }
        .decade { stroke: #3d444d }
        .exact, .exact text { color: #58a6ff; fill: #58a6ff }
        .cells, .cells text { color: #ffa657; fill: #ffa657 }
      }
      </style>
      """;

  private final List<Figure> points;
  private final List<BigDecimal> ticks;
  private final Axis x;
  private final Axis y;
  private final StringBuilder svg = new StringBuilder();

  /** Where values are, from the least to the most, as their logarithms are. */
  private record Axis(double least, double most, double start, double end) {
    double at(double value) {
      return least == most
          ? (start + end) / 2
          : start + Math.log(value / least) / Math.log(most / least) * (end - start);
    }
  }

  /** A way to search: its points from left to right. */
  private record Line(String name, List<Figure> points) {
    String layout() {
      return name.startsWith("exact") ? "exact" : "cells";
    }

    String dashes() {
      if (name.endsWith("cache off")) {
        return "1 6";
      }
      return name.endsWith("four at once") ? "8 6" : "none";
    }

    Figure last() {
      return points.get(points.size() - 1);
    }
  }

  /**
   * @param figures of runs over several counts
   * @throws IllegalArgumentException when none of them is a time of a query
   */
  CostPicture(List<Figure> figures) {
    points =
        figures.stream()
            .filter(figure -> !figure.rounds().isEmpty())
            .sorted(Comparator.comparingInt(Figure::passages))
            .toList();
    var times = points.stream().mapToDouble(Figure::value).summaryStatistics();
    if (points.isEmpty() || times.getMin() <= 0) {
      throw new IllegalArgumentException("nothing to draw");
    }
    ticks = ticks(times.getMin(), times.getMax());
    x = new Axis(points.get(0).passages(), points.get(points.size() - 1).passages(), FIRST, LAST);
    y =
        new Axis(
            ticks.get(0).doubleValue(), ticks.get(ticks.size() - 1).doubleValue(), BOTTOM, TOP);
  }

  /** 1, 2 and 5 of each decade, from the last that is not above the least. */
  private static List<BigDecimal> ticks(double least, double most) {
    List<BigDecimal> ticks = new ArrayList<>();
    for (int power = (int) Math.floor(Math.log10(least)) - 1; ; power++) {
      for (int digit : new int[] {1, 2, 5}) {
        BigDecimal tick = BigDecimal.valueOf(digit).scaleByPowerOfTen(power);
        if (tick.doubleValue() <= least) {
          ticks.clear();
        }
        ticks.add(tick);
        if (tick.doubleValue() >= most && ticks.size() > 1) {
          return ticks;
        }
      }
    }
  }

  String svg(String title, String subtitle) {
    svg.setLength(0);
    line("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' role='img'>", WIDTH, HEIGHT);
    line("<title>%s; %s</title>", title, subtitle);
    svg.append(STYLE);
    line("<rect class='card' x='.5' y='.5' width='%d' height='%d' rx='6'/>", WIDTH - 1, HEIGHT - 1);
    text(24, 34, "class='title'", title);
    text(24, 55, "class='quiet'", subtitle);
    grid();
    List<Line> lines =
        points.stream()
            .map(Figure::name)
            .distinct()
            .map(
                name -> new Line(name, points.stream().filter(p -> p.name().equals(name)).toList()))
            .toList();
    lines.forEach(this::draw);
    label(lines);
    return svg.append("</svg>\n").toString();
  }

  private void grid() {
    for (BigDecimal tick : ticks) {
      double at = y.at(tick.doubleValue());
      boolean decade = tick.unscaledValue().intValue() == 1;
      line("<path class='%s' d='M%d %.1f H%d'/>", decade ? "decade" : "grid", LEFT, at, LAST + 16);
      text(LEFT - 8, at + 4, "class='quiet' text-anchor='end'", tick.toPlainString());
    }
    text(LEFT - 8, TOP - 14, "class='quiet' text-anchor='end'", "ms");
    for (int count : points.stream().mapToInt(Figure::passages).distinct().toArray()) {
      line("<path class='grid' d='M%.1f %d V%d'/>", x.at(count), TOP, BOTTOM + 5);
      String passages = String.format(Locale.ROOT, "%,d", count);
      text(x.at(count), BOTTOM + 22, "class='quiet' text-anchor='middle'", passages);
    }
    text((FIRST + LAST) / 2.0, BOTTOM + 42, "class='quiet' text-anchor='middle'", "passages");
  }

  private void draw(Line drawn) {
    String path =
        drawn.points().stream()
            .map(point -> place(point, "%.1f %.1f"))
            .collect(Collectors.joining(" L", "M", ""));
    line("<g class='%s'>", drawn.layout());
    line("<path class='line' stroke-dasharray='%s' d='%s'/>", drawn.dashes(), path);
    for (Figure point : drawn.points()) {
      line("<circle %s r='3.6'/>", place(point, "cx='%.1f' cy='%.1f'"));
    }
    line("</g>");
  }

  /** Beside the last points, moved apart where these are close. */
  private void label(List<Line> lines) {
    List<Line> downwards =
        lines.stream().sorted(Comparator.comparingDouble(l -> y.at(l.last().value()))).toList();
    double[] at = downwards.stream().mapToDouble(l -> y.at(l.last().value())).toArray();
    for (int i = 1; i < at.length; i++) {
      at[i] = Math.max(at[i], at[i - 1] + LABEL_HEIGHT);
    }
    double limit = BOTTOM;
    for (int i = at.length - 1; i >= 0; i--) {
      at[i] = Math.min(at[i], limit);
      limit = at[i] - LABEL_HEIGHT;
    }
    for (int i = 0; i < at.length; i++) {
      Line named = downwards.get(i);
      Figure last = named.last();
      line("<g class='%s'>", named.layout());
      line(
          "<path class='line' style='stroke-width: 1' d='M%.1f %.1f L%d %.1f'/>",
          x.at(last.passages()) + 8, y.at(last.value()), LAST + 22, at[i]);
      String value = new BigDecimal(last.value()).round(new MathContext(2)).toPlainString();
      text(VALUES_END, at[i] + 4, "text-anchor='end'", value + " ms");
      text(NAMES, at[i] + 4, "", named.name());
      line("</g>");
    }
  }

  private String place(Figure point, String format) {
    return String.format(Locale.ROOT, format, x.at(point.passages()), y.at(point.value()));
  }

  private void text(double x, double y, String attributes, String text) {
    line("<text x='%.1f' y='%.1f' %s>%s</text>", x, y, attributes, text);
  }

  private void line(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
