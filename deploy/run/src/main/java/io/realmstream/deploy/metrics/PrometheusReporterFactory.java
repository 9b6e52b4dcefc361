package io.realmstream.deploy.metrics;

import java.util.Properties;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/**
 * Makes the reporter from Flink's settings {@code metrics.reporter.NAME.host} and {@code port}: a
 * number, or {@code FIRST-LAST}, of which it takes the first that is free.
 */
public final class PrometheusReporterFactory implements MetricReporterFactory {
  public static final String HOST = "host";
  public static final String PORT = "port";

  @Override
  public MetricReporter createMetricReporter(Properties properties) {
    String host = properties.getProperty(HOST, "localhost");
    String[] ports = properties.getProperty(PORT).split("-", 2);
    int first = Integer.parseInt(ports[0]);
    return new PrometheusReporter(host, first, Integer.parseInt(ports[ports.length - 1]));
  }
}
