package io.realmstream.deploy.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.embedded.JavaProcess;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What comes into the log, and how large it gets. */
class LogConfigurationTest {
  private static final int COMPLAINTS = 1_000;
  private static final long FILE_BYTES = 4_000;

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

  @Test
  void logOfARunInTheBackgroundIsFourBoundedFiles(@TempDir Path directory) throws Exception {
    Path folder = Files.createDirectory(directory.resolve("my kb %i ${date:yyyy} é"));
    List<String> command = new ArrayList<>(JavaProcess.command(Talk.class));
    command.addAll(1, DetachedRun.logging(folder.resolve("realm.log")));
    command.add(1, "-Drealm.log.size=" + FILE_BYTES);
    command.add(1, "-Dlog4j2.configurationFile=classpath:log4j2.xml");
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor()).isZero();

    assertThat(folder.toFile().list())
        .containsExactlyInAnyOrder("realm.log", "realm.1.log", "realm.2.log", "realm.3.log");
    List<String> kept = new ArrayList<>();
    for (String name : List.of("realm.3.log", "realm.2.log", "realm.1.log", "realm.log")) {
      Path file = folder.resolve(name);
      assertThat(Files.size(file)).isBetween(1L, FILE_BYTES + Talk.LINE_BYTES_MAX);
      kept.addAll(Files.readAllLines(file));
    }
    assertThat(kept).hasSizeGreaterThan(100);
    for (int i = 0; i < kept.size(); i++) {
      assertThat(kept.get(i)).endsWith(" " + (Talk.LINES - kept.size() + i) + " é");
    }
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

  /** Says more than the files hold. */
  static final class Talk {
    static final int LINES = 1_000;
    static final long LINE_BYTES_MAX = 100;

    private Talk() {}

    public static void main(String[] arguments) {
      org.slf4j.Logger log = LoggerFactory.getLogger("io.realmstream.jobs");
      for (int i = 0; i < LINES; i++) {
        log.info("{} é", i);
      }
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
