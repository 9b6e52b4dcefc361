package io.realmstream.deploy.metrics;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.HTTPServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.jspecify.annotations.Nullable;

/**
 * Flink's metrics as a page for Prometheus, with the names that Flink's own reporter gives them:
 * that one listens on every interface and can be told no address.
 */
final class PrometheusReporter implements MetricReporter {
  private final String host;
  private final int first;
  private final int last;
  private final ReportedMetrics metrics = new ReportedMetrics();
  private @Nullable HTTPServer server;

  /**
   * @param host whose first address it listens on
   * @param first of the ports that it may take
   */
  PrometheusReporter(String host, int first, int last) {
    this.host = host;
    this.first = first;
    this.last = last;
  }

  @Override
  public void open(MetricConfig config) {
    CollectorRegistry registry = new CollectorRegistry();
    registry.register(metrics);
    for (int port = first; server == null; port++) {
      try {
        InetAddress address = InetAddress.getAllByName(host)[0];
        server = new HTTPServer(new InetSocketAddress(address, port), registry, true);
      } catch (IOException e) {
        if (port >= last) {
          throw new UncheckedIOException("no page of metrics on " + host + ":" + port, e);
        }
      }
    }
  }

  @Override
  public void close() {
    if (server != null) {
      server.stop();
    }
  }

  @Override
  public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
    metrics.add(ReportedMetric.of(metric, name, group));
  }

  @Override
  public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
    metrics.remove(ReportedMetric.of(metric, name, group));
  }
}
