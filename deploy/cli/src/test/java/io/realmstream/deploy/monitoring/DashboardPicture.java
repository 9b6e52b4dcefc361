package io.realmstream.deploy.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/**
 * The rows of the dashboard, each drawn from what a Prometheus has: Grafana itself cannot be had
 * from Maven or Debian. Places, expressions, units, colours and words are those of the file.
 */
public final class DashboardPicture {
  /** Pixels. */
  private static final int COLUMN = 50;

  private static final int LINE = 28;
  private static final int GAP = 6;

  private final PanelPicture panels;

  /** Of the time from {@code from} to {@code to}. */
  public DashboardPicture(PrometheusProcess prometheus, Instant from, Instant to) {
    panels = new PanelPicture(prometheus, from, to);
  }

  /** Draws each row that has data as {@code grafana-NAME.png}; returns the files. */
  public List<Path> draw(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    List<Path> files = new ArrayList<>();
    List<JsonNode> all = MonitoringFiles.panels();
    for (int from = 0; from < all.size(); ) {
      int to = from + 1;
      while (to < all.size() && !all.get(to).path("type").asText().equals("row")) {
        to++;
      }
      JsonNode row = all.get(from);
      if (!row.path("collapsed").asBoolean()) {
        files.add(draw(row.path("title").asText(), all.subList(from + 1, to), folder));
      }
      from = to;
    }
    return files;
  }

  private Path draw(String title, List<JsonNode> row, Path folder)
      throws IOException, InterruptedException {
    int top = row.get(0).at("/gridPos/y").asInt();
    int bottom = row.stream().mapToInt(panel -> bottom(panel)).max().orElseThrow();
    BufferedImage image =
        new BufferedImage(24 * COLUMN, (bottom - top + 1) * LINE, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(new Color(0xf4f5f5));
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    graphics.setColor(PanelPicture.INK);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 15));
    graphics.drawString(title, GAP, LINE - 8);
    for (JsonNode panel : row) {
      JsonNode at = panel.path("gridPos");
      Graphics2D place =
          (Graphics2D)
              graphics.create(
                  at.path("x").asInt() * COLUMN + GAP / 2,
                  (at.path("y").asInt() - top + 1) * LINE + GAP / 2,
                  at.path("w").asInt() * COLUMN - GAP,
                  at.path("h").asInt() * LINE - GAP);
      panels.draw(panel, place);
      place.dispose();
    }
    graphics.dispose();
    String name = title.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-").replaceAll("-$", "");
    File file = folder.resolve("grafana-" + name + ".png").toFile();
    ImageIO.write(image, "png", file);
    return file.toPath();
  }

  private static int bottom(JsonNode panel) {
    return panel.at("/gridPos/y").asInt() + panel.at("/gridPos/h").asInt();
  }
}
