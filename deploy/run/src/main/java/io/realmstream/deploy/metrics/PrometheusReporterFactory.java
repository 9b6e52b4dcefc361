package io.realmstream.deploy.metrics;

import java.util.Properties;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** Makes the reporter from Flink's settings {@code metrics.reporter.NAME.host} and {@code port}. */
public final class PrometheusReporterFactory implements MetricReporterFactory {
  public static final String HOST = "host";
  public static final String PORT = "port";

  @Override
  public MetricReporter createMetricReporter(Properties properties) {
    String host = properties.getProperty(HOST, "localhost");
    int port = Integer.parseInt(properties.getProperty(PORT));
    return new PrometheusReporter(host, port);
  }
}
