package io.realmstream.deploy.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One number of a panel, in the panel's words.
 *
 * @param name what the legend calls it
 * @param color by the panel's thresholds
 */
record PanelNumber(String name, String text, String color) {
  private static final Pattern LABEL = Pattern.compile("\\{\\{(\\w+)}}");

  /** The last value of {@code series}, as the panel's setting lastNotNull has it. */
  static PanelNumber of(JsonNode panel, JsonNode target, JsonNode series) {
    JsonNode values = series.path("values");
    double value = values.path(values.size() - 1).path(1).asDouble();
    JsonNode defaults = panel.at("/fieldConfig/defaults");
    JsonNode words =
        defaults.path("mappings").path(0).path("options").path(String.valueOf((int) value));
    if (!words.isMissingNode()) {
      return new PanelNumber(
          name(target, series), words.path("text").asText(), words.path("color").asText());
    }
    JsonNode steps = defaults.at("/thresholds/steps");
    for (JsonNode override : panel.at("/fieldConfig/overrides")) {
      if (override.at("/matcher/options").equals(target.path("refId"))) {
        steps = override.at("/properties/0/value/steps");
      }
    }
    String color = "";
    for (JsonNode step : steps) {
      if (step.path("value").isNull() || value >= step.path("value").asDouble()) {
        color = step.path("color").asText();
      }
    }
    return new PanelNumber(name(target, series), text(value, defaults), color);
  }

  /** The legend, with the values of its labels. */
  static String name(JsonNode target, JsonNode series) {
    Matcher labels = LABEL.matcher(target.path("legendFormat").asText());
    return labels.replaceAll(label -> series.path("metric").path(label.group(1)).asText());
  }

  /** How values of a panel are written: what they are divided by, and the unit behind its title. */
  record Unit(double divisor, String suffix) {
    /** Of a panel whose greatest value is {@code most}. */
    static Unit of(JsonNode panel, double most) {
      return switch (panel.at("/fieldConfig/defaults/unit").asText()) {
        case "bytes" -> new Unit(1 << 20, " (MiB)");
        case "ms" ->
            most < 10_000
                ? new Unit(1, " (ms)")
                : most < 100_000 ? new Unit(1_000, " (s)") : new Unit(60_000, " (min)");
        case "s" -> new Unit(1, " (s)");
        case "percent" -> new Unit(1, " (%)");
        default -> new Unit(1, "");
      };
    }
  }

  private static String text(double value, JsonNode defaults) {
    return switch (defaults.path("unit").asText()) {
      case "percentunit" -> String.format(Locale.ROOT, "%.0f %%", 100 * value);
      case "ms" ->
          value < 1000
              ? String.format(Locale.ROOT, "%.0f ms", value)
              : String.format(Locale.ROOT, "%.1f s", value / 1000);
      default -> String.format(Locale.ROOT, "%.0f", value);
    };
  }
}
