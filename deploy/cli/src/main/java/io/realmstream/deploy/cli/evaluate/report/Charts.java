package io.realmstream.deploy.cli.evaluate.report;

import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Pass;
import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Percentiles;
import io.realmstream.deploy.cli.evaluate.report.EvaluationReport.Retrieval;
import io.realmstream.model.evaluation.Reliability;
import io.realmstream.model.evaluation.RiskCoverage;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The charts of reports, as {@code data:} addresses of PNG images. */
public final class Charts {
  public static final int WIDTH = 540;
  public static final int HEIGHT = 380;

  /** Blue and orange: people who cannot tell red from green can tell these apart. */
  private static final Color BLUE = new Color(0x0550ae);

  private static final Color ORANGE = new Color(0xbc4c00);
  private static final Color GREY = new Color(0x8c959f);
  private static final Color BLACK = new Color(0x1f2328);
  private static final Color[] COLORS = {BLUE, ORANGE, GREY, BLACK};

  /** Least distance between two ticks, in pixels. */
  private static final int TICKS_APART = 90;

  /** Pixels of the image for one pixel of the page, so that it is sharp on fine screens. */
  private static final int FINE = 2;

  static {
    System.setProperty("java.awt.headless", "true"); // a server has no screen
  }

  private Charts() {}

  /** Share of right answers against mean probability, bin by bin. */
  static String reliability(Reliability reliability) {
    XYChart chart = unitSquare("probability of the answer", "share of right answers");
    XYSeries ideal = line(chart, "as it should be", List.of(0.0, 1.0), List.of(0.0, 1.0));
    ideal.setMarker(SeriesMarkers.NONE);
    ideal.setLineColor(GREY);
    ideal.setLineStyle(dashes());
    XYSeries answers =
        line(
            chart,
            "answers",
            reliability.bins().stream().map(Reliability.Bin::probability).toList(),
            reliability.bins().stream().map(Reliability.Bin::right).toList());
    answers.setMarker(SeriesMarkers.CIRCLE);
    answers.setMarkerColor(BLUE);
    answers.setLineColor(BLUE);
    return address(chart);
  }

  /** Share of wrong answers among the most probable ones, by coverage. */
  static String riskCoverage(RiskCoverage riskCoverage) {
    XYChart chart = unitSquare("share of answers given, the most probable first", "share of wrong");
    XYSeries answers =
        line(
            chart,
            "answers",
            riskCoverage.curve().stream().map(RiskCoverage.Point::coverage).toList(),
            riskCoverage.curve().stream().map(RiskCoverage.Point::risk).toList());
    answers.setMarker(SeriesMarkers.NONE);
    answers.setLineColor(BLUE);
    chart.getStyler().setLegendVisible(false);
    return address(chart);
  }

  /** Recall by k; at least one of the two is there. */
  static String recall(@Nullable Retrieval byPassage, @Nullable Retrieval byAnswer) {
    CategoryChart chart = bars("passages looked at", "recall");
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(1.0);
    recall(chart, "the row's document", byPassage);
    recall(chart, "a passage with the answer", byAnswer);
    return address(chart);
  }

  /**
   * Shares by step, a line a name.
   *
   * @param lines of at least one point each
   */
  public static String curves(String x, String y, Map<String, Map<Integer, Double>> lines) {
    XYChart chart =
        new XYChartBuilder().width(WIDTH).height(HEIGHT).xAxisTitle(x).yAxisTitle(y).build();
    chart.getStyler().setXAxisTickMarkSpacingHint(TICKS_APART);
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(1.0);
    lines.forEach(
        (name, points) ->
            line(
                    chart,
                    name,
                    points.keySet().stream().map(Integer::doubleValue).toList(),
                    List.copyOf(points.values()))
                .setMarker(SeriesMarkers.CIRCLE));
    return address(chart);
  }

  /** Percentiles by stage; stages without a measured time are left out. */
  static String latency(Pass pass) {
    CategoryChart chart = bars("stage", "ms");
    List<String> stages = new ArrayList<>();
    List<Percentiles> times = new ArrayList<>();
    pass.latencyMs()
        .forEach(
            (stage, percentiles) -> {
              stages.add(stage);
              times.add(percentiles);
            });
    latency(chart, "p50", stages, times.stream().map(Percentiles::p50).toList());
    latency(chart, "p90", stages, times.stream().map(Percentiles::p90).toList());
    latency(chart, "p99", stages, times.stream().map(Percentiles::p99).toList());
    chart.getStyler().setXAxisLabelRotation(30);
    return address(chart);
  }

  private static void latency(
      CategoryChart chart, String name, List<String> stages, List<Double> values) {
    chart.addSeries(name, stages, values);
  }

  private static void recall(CategoryChart chart, String name, @Nullable Retrieval retrieval) {
    if (retrieval != null) {
      chart.addSeries(
          name,
          retrieval.recall().keySet().stream().map(k -> "@" + k).toList(),
          List.copyOf(retrieval.recall().values()));
    }
  }

  private static XYChart unitSquare(String x, String y) {
    XYChart chart =
        new XYChartBuilder().width(WIDTH).height(HEIGHT).xAxisTitle(x).yAxisTitle(y).build();
    chart.getStyler().setXAxisTickMarkSpacingHint(TICKS_APART);
    chart.getStyler().setXAxisMin(0.0).setXAxisMax(1.0).setYAxisMin(0.0).setYAxisMax(1.0);
    return chart;
  }

  private static CategoryChart bars(String x, String y) {
    return new CategoryChartBuilder()
        .width(WIDTH)
        .height(HEIGHT)
        .xAxisTitle(x)
        .yAxisTitle(y)
        .build();
  }

  private static XYSeries line(XYChart chart, String name, List<Double> x, List<Double> y) {
    return chart.addSeries(name, x, y);
  }

  private static BasicStroke dashes() {
    return new BasicStroke(
        1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 1, new float[] {6, 4}, 0);
  }

  private static String address(Chart<?, ?> chart) {
    chart.getStyler().setSeriesColors(COLORS);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
    chart.getStyler().setLegendLayout(LegendLayout.Horizontal);
    BufferedImage image =
        new BufferedImage(FINE * WIDTH, FINE * HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.scale(FINE, FINE);
    chart.paint(graphics, WIDTH, HEIGHT);
    graphics.dispose();
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());
  }
}
