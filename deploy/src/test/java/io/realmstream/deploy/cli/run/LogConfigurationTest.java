package io.realmstream.deploy.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a library's endless complaints comes into the log. */
class LogConfigurationTest {
  private static final int COMPLAINTS = 1_000;

  private final List<String> lines = new ArrayList<>();

  @SuppressWarnings("NullAway.Init") // set before each test
  private LoggerContext context;

  @SuppressWarnings("NullAway.Init")
  LogConfigurationTest() {}

  @BeforeEach
  void open() throws Exception {
    context = start();
    Logger root = context.getRootLogger();
    root.getAppenders().values().forEach(root::removeAppender);
    root.addAppender(new Lines(lines));
  }

  @AfterEach
  void close() {
    context.stop();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.apache.kafka.clients.consumer.internals.FetchCollector",
        "org.apache.kafka.clients.consumer.internals.OffsetFetcherUtils",
        "org.apache.kafka.clients.consumer.internals.ConsumerCoordinator",
        "org.apache.kafka.clients.producer.internals.Sender",
        "org.apache.flink.connector.kafka.source.reader.KafkaSourceReader",
        "org.apache.flink.runtime.source.coordinator.SourceCoordinatorContext"
      })
  void topicThatIsGoneIsOneLineAMinuteOfEach(String logger) {
    complain(logger, Level.WARN);
    complain(logger, Level.ERROR);

    assertThat(lines).containsExactly("WARN 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"org.apache.kafka.other", "org.apache.flink.other"})
  void libraryHasSixtyLinesAMinute(String logger) {
    complain(logger, Level.WARN);

    assertThat(lines).hasSize(60);
  }

  @Test
  void whatTheProjectSaysIsKept() {
    complain("io.realmstream.jobs", Level.INFO);

    assertThat(lines).hasSize(COMPLAINTS);
  }

  private static LoggerContext start() throws Exception {
    URL configuration =
        Objects.requireNonNull(LogConfigurationTest.class.getResource("/log4j2.xml"));
    LoggerContext context = new LoggerContext("test", null, configuration.toURI());
    context.start();
    return context;
  }

  private void complain(String logger, Level level) {
    for (int i = 0; i < COMPLAINTS; i++) {
      context.getLogger(logger).log(level, "{} {}", level, i);
    }
  }

  private static final class Lines extends AbstractAppender {
    private final List<String> lines;

    Lines(List<String> lines) {
      super("lines", null, null, false, Property.EMPTY_ARRAY);
      this.lines = lines;
      start();
    }

    @Override
    public void append(LogEvent event) {
      lines.add(event.getMessage().getFormattedMessage());
    }
  }
}
