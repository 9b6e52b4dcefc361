package io.realmstream.deploy.bench.index;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.lines.SeriesLines;

/**
 * Draws what a query costs against how many passages there are, both logarithmic: a line for each
 * way to search that was measured in rounds.
 */
final class CostPicture {
  /** Blue and orange: told apart by people who see red and green alike. */
  private static final Color EXACT = new Color(0x0550ae);

  private static final Color CELLS = new Color(0xbc4c00);

  private final Map<String, List<Figure>> lines;

  /**
   * @param figures of runs over several counts
   * @throws IllegalArgumentException when none of them is a time of a query
   */
  CostPicture(List<Figure> figures) {
    lines =
        figures.stream()
            .filter(figure -> !figure.rounds().isEmpty())
            .sorted(Comparator.comparingInt(Figure::passages))
            .collect(Collectors.groupingBy(Figure::name, TreeMap::new, Collectors.toList()));
    if (lines.isEmpty()) {
      throw new IllegalArgumentException("nothing to draw");
    }
  }

  /** Writes it as SVG. */
  void write(Path file, String title) throws IOException {
    VectorGraphicsEncoder.saveVectorGraphic(
        chart(title), file.toString(), VectorGraphicsFormat.SVG);
  }

  XYChart chart(String title) {
    XYChart chart =
        new XYChartBuilder()
            .width(870)
            .height(470)
            .title(title)
            .xAxisTitle("passages")
            .yAxisTitle("ms")
            .build();
    chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true);
    chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    lines.forEach((name, points) -> draw(chart, name, points));
    return chart;
  }

  private static void draw(XYChart chart, String name, List<Figure> points) {
    XYSeries line =
        chart.addSeries(
            name,
            points.stream().map(Figure::passages).toList(),
            points.stream().map(Figure::value).toList());
    Color color = name.startsWith("exact") ? EXACT : CELLS;
    line.setMarkerColor(color).setLineColor(color).setLineStyle(stroke(name));
  }

  private static BasicStroke stroke(String name) {
    if (name.endsWith("cache off")) {
      return SeriesLines.DOT_DOT;
    }
    return name.endsWith("four at once") ? SeriesLines.DASH_DASH : SeriesLines.SOLID;
  }
}
