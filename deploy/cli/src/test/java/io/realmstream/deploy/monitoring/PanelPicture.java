package io.realmstream.deploy.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** One panel of the dashboard, drawn: numbers, lines over minutes, or bands of states. */
final class PanelPicture {
  static final Color INK = new Color(0x1f2328);

  /** More would hide each other: the greatest are drawn. */
  private static final int LINES_MAX = 6;

  private static final int TITLE = 22;
  private static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
  private static final Color[] COLORS = {
    new Color(0x0550ae), new Color(0xbc4c00), new Color(0x1a7f37),
    new Color(0x8250df), new Color(0x57606a), new Color(0xbf3989)
  };
  private static final Map<String, Color> NAMED =
      Map.of(
          "green", new Color(0x1a7f37),
          "yellow", new Color(0xbf8700),
          "red", new Color(0xcf222e),
          "blue", new Color(0x0969da),
          "purple", new Color(0x8250df),
          "text", new Color(0x57606a));

  private final PrometheusProcess prometheus;
  private final Instant from;
  private final Instant to;

  PanelPicture(PrometheusProcess prometheus, Instant from, Instant to) {
    this.prometheus = prometheus;
    this.from = from;
    this.to = to;
  }

  /** One series: minutes since the beginning, and values. */
  private record Line(String name, NavigableMap<Double, Double> points) {
    double most() {
      return points.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }
  }

  void draw(JsonNode panel, Graphics2D graphics) throws IOException, InterruptedException {
    Rectangle place = graphics.getClipBounds();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, place.width, place.height);
    graphics.setColor(INK);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 12));
    graphics.drawString(panel.path("title").asText(), 8, 16);
    switch (panel.path("type").asText()) {
      case "stat" -> numbers(panel, graphics, place);
      case "state-timeline" -> bands(panel, graphics, place);
      default -> lines(panel, graphics, place);
    }
  }

  private void numbers(JsonNode panel, Graphics2D graphics, Rectangle place)
      throws IOException, InterruptedException {
    List<PanelNumber> numbers = new ArrayList<>();
    for (JsonNode target : panel.path("targets")) {
      for (JsonNode series : prometheus.range(target.path("expr").asText(), from, to)) {
        numbers.add(PanelNumber.of(panel, target, series));
      }
    }
    int width = place.width / Math.max(1, numbers.size());
    boolean named = numbers.size() > 1 || panel.path("title").asText().equals("Kernel");
    for (int i = 0; i < numbers.size(); i++) {
      PanelNumber number = numbers.get(i);
      graphics.setColor(NAMED.get(number.color()));
      graphics.fillRect(i * width, TITLE, width, place.height - TITLE);
      graphics.setColor(Color.WHITE);
      int middle = i * width + width / 2;
      int height = TITLE + (place.height - TITLE) / 2;
      if (named) {
        graphics.setFont(SMALL);
        centred(graphics, number.name(), middle, height - 16);
      }
      graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 26));
      centred(graphics, number.text(), middle, height + 14);
    }
  }

  private static void centred(Graphics2D graphics, String text, int x, int y) {
    graphics.drawString(text, x - graphics.getFontMetrics().stringWidth(text) / 2, y);
  }

  private void bands(JsonNode panel, Graphics2D graphics, Rectangle place)
      throws IOException, InterruptedException {
    List<Line> lines = series(panel);
    JsonNode words = panel.at("/fieldConfig/defaults/mappings/0/options");
    int height = Math.min(48, (place.height - TITLE) / Math.max(1, lines.size()));
    graphics.setFont(SMALL);
    for (int i = 0; i < lines.size(); i++) {
      int y = TITLE + 8 + i * height;
      graphics.setColor(INK);
      graphics.drawString(lines.get(i).name(), 8, y + height / 2);
      band(lines.get(i), words, graphics, new Rectangle(80, y, place.width - 90, height - 8));
    }
  }

  /** Each state from where it begins to the end of the band; the next one covers the rest. */
  private void band(Line line, JsonNode words, Graphics2D graphics, Rectangle band) {
    double last = 0;
    for (Map.Entry<Double, Double> point : line.points().entrySet()) {
      if (point.getValue() != last) {
        last = point.getValue();
        JsonNode state = words.path(String.valueOf((int) last));
        int x = band.x + (int) (point.getKey() / minutes(to) * band.width);
        graphics.setColor(NAMED.get(state.path("color").asText()));
        graphics.fillRect(x, band.y, band.x + band.width - x, band.height);
        graphics.setColor(Color.WHITE);
        graphics.drawString(state.path("text").asText(), x + 4, band.y + band.height / 2 + 5);
      }
    }
  }

  private void lines(JsonNode panel, Graphics2D graphics, Rectangle place)
      throws IOException, InterruptedException {
    List<Line> lines = series(panel);
    boolean stacked =
        panel.at("/fieldConfig/defaults/custom/stacking/mode").asText().equals("normal");
    lines.removeIf(line -> line.points().isEmpty() || (stacked && line.most() == 0));
    if (lines.size() > LINES_MAX) {
      lines.sort(Comparator.comparingDouble(Line::most).reversed());
      lines = new ArrayList<>(lines.subList(0, LINES_MAX));
    }
    if (lines.isEmpty()) {
      return;
    }
    double most = lines.stream().mapToDouble(Line::most).max().orElseThrow();
    PanelNumber.Unit unit = PanelNumber.Unit.of(panel, most);
    lines.forEach(line -> line.points().replaceAll((minute, value) -> value / unit.divisor()));
    int title = graphics.getFontMetrics().stringWidth(panel.path("title").asText());
    graphics.setFont(SMALL);
    graphics.drawString(unit.suffix(), 8 + title, 16);
    int height = place.height - TITLE - legend(lines, graphics, place);
    XYChart chart = chart(place.width, height);
    if (stacked) {
      stack(lines);
      chart.getStyler().setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Area);
    }
    if (most == 0) {
      chart.getStyler().setYAxisMax(1.0);
    }
    for (int i = lines.size() - 1; i >= 0; i--) {
      NavigableMap<Double, Double> points = lines.get(i).points();
      XYSeries drawn =
          chart.addSeries("" + i, List.copyOf(points.keySet()), List.copyOf(points.values()));
      drawn.setMarker(SeriesMarkers.NONE);
      drawn.setLineColor(COLORS[i]);
      drawn.setFillColor(new Color((COLORS[i].getRGB() & 0xffffff) | 0x60000000, true));
    }
    mark(chart);
    graphics.translate(0, TITLE);
    chart.paint(graphics, place.width, height);
  }

  /** Below the chart, in three columns or two; returns its height. */
  private static int legend(List<Line> lines, Graphics2D graphics, Rectangle place) {
    FontMetrics metrics = graphics.getFontMetrics();
    int longest = lines.stream().mapToInt(line -> metrics.stringWidth(line.name())).max().orElse(0);
    int columns = longest + 20 < place.width / 3 ? 3 : 2;
    int width = (place.width - 8) / columns;
    int height = (lines.size() + columns - 1) / columns * 14 + 8;
    for (int i = 0; i < lines.size(); i++) {
      int x = 8 + i % columns * width;
      int y = place.height - height + 12 + i / columns * 14;
      graphics.setColor(COLORS[i]);
      graphics.fillRect(x, y - 5, 10, 3);
      graphics.setColor(INK);
      String name = lines.get(i).name();
      while (metrics.stringWidth(name) > width - 20) {
        name = name.substring(0, name.length() - 1);
      }
      graphics.drawString(name, x + 14, y);
    }
    return height;
  }

  private XYChart chart(int width, int height) {
    XYChart chart = new XYChartBuilder().width(width).height(height).build();
    chart.getStyler().setLegendVisible(false);
    chart.getStyler().setChartTitleVisible(false);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setPlotBorderVisible(false);
    chart.getStyler().setChartPadding(4);
    chart.getStyler().setAnnotationLineColor(NAMED.get("purple"));
    chart.getStyler().setYAxisMin(0.0);
    chart.getStyler().setXAxisMin(0.0).setXAxisMax(minutes(to));
    chart.getStyler().setXAxisDecimalPattern("0.# min");
    chart.getStyler().setYAxisDecimalPattern("#,##0.##");
    chart.getStyler().setXAxisTickMarkSpacingHint(90);
    chart.getStyler().setYAxisTickMarkSpacingHint(36);
    chart.getStyler().setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 10));
    return chart;
  }

  /** Each line on top of those before it. */
  private static void stack(List<Line> lines) {
    TreeMap<Double, Double> sum = new TreeMap<>();
    lines.forEach(line -> line.points().keySet().forEach(minute -> sum.put(minute, 0.0)));
    for (Line line : lines) {
      sum.replaceAll((minute, below) -> below + line.points().getOrDefault(minute, 0.0));
      line.points().putAll(sum);
    }
  }

  /** A line where each annotation begins. */
  private void mark(XYChart chart) throws IOException, InterruptedException {
    for (JsonNode annotation : MonitoringFiles.dashboard().path("annotations").path("list")) {
      for (JsonNode series : prometheus.range(annotation.path("expr").asText(), from, to)) {
        double minute = points(series).firstKey();
        if (minute > 1) { // until then nothing is known of the minute before
          chart.addAnnotation(new AnnotationLine(minute, true, false));
        }
      }
    }
  }

  private List<Line> series(JsonNode panel) throws IOException, InterruptedException {
    List<Line> lines = new ArrayList<>();
    for (JsonNode target : panel.path("targets")) {
      for (JsonNode series : prometheus.range(target.path("expr").asText(), from, to)) {
        lines.add(new Line(PanelNumber.name(target, series), points(series)));
      }
    }
    return lines;
  }

  private NavigableMap<Double, Double> points(JsonNode series) {
    TreeMap<Double, Double> points = new TreeMap<>();
    for (JsonNode value : series.path("values")) {
      double number = Double.parseDouble(value.path(1).asText());
      if (Double.isFinite(number)) {
        points.put(minutes(Instant.ofEpochSecond(value.path(0).asLong())), number);
      }
    }
    return points;
  }

  private double minutes(Instant time) {
    return (time.getEpochSecond() - from.getEpochSecond()) / 60.0;
  }
}
