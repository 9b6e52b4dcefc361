package io.realmstream.deploy.cli.serve;

import static io.realmstream.deploy.cli.serve.HttpDoor.error;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.realmstream.deploy.cli.Realm;
import io.realmstream.deploy.cli.TestBroker;
import io.realmstream.deploy.cli.serve.EventStream.Event;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.embedded.JavaProcess;
import io.realmstream.deploy.embedded.KeptClients;
import io.realmstream.schemas.json.Codecs;
import io.realmstream.schemas.query.FreshnessMark;
import io.realmstream.schemas.query.FreshnessRecord;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Readers of events, also many or slow ones, on topics that the tests write. */
@Timeout(300)
@SuppressWarnings("NullAway.Init")
class EventsIT {
  /** As many streams as a door serves at once. */
  private static final int PLACES = 64;

  private static final String BEGINNING = "status.0=0,status.1=0,status.2=0,status.3=0";

  private static TestBroker broker;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    broker = TestBroker.start(directory);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void partitionsThatAreAddedAreReadByStreamsThatAreOpenAndByThoseThatComeBack() throws Exception {
    Connection connection = broker.topics("grown");
    String topic = connection.topics().documentStatus();
    try (JavaProcess serve = serve("grown", "-Xmx256m")) {
      HttpDoor door = new HttpDoor(serve.readLine());
      try (EventStream events = EventStream.open(door, "status", null)) {
        String last = events.next().id();
        try (Admin admin = connection.admin()) {
          admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(6))).all().get();
        }
        write(connection, 5, "new");
        write(connection, 0, "old");
        Set<String> heard = new HashSet<>();
        heard.add(id(events.next()));
        heard.add(id(events.next()));
        assertThat(heard).containsExactlyInAnyOrder("new", "old");
        try (EventStream back = EventStream.open(door, "status", last)) {
          assertThat(back.next().name()).isEqualTo("open");
          heard.clear();
          heard.add(id(back.next()));
          heard.add(id(back.next()));
          assertThat(heard).containsExactlyInAnyOrder("new", "old");
        }
      }
    }
  }

  @Test
  void whatTheTopicDoesNotHoldIsAGap() throws Exception {
    Connection connection = broker.topics("gap");
    String topic = connection.topics().freshness();
    for (int i = 1; i <= 5; i++) {
      FreshnessMark mark = new FreshnessMark(1, i, Instant.now());
      byte[] record = Codecs.FRESHNESS.encode(new FreshnessRecord(mark, null));
      TestBroker.write(connection, topic, "", record);
    }
    try (Admin admin = connection.admin()) {
      RecordsToDelete three = RecordsToDelete.beforeOffset(3);
      admin.deleteRecords(Map.of(new TopicPartition(topic, 0), three)).all().get();
    }
    try (JavaProcess serve = serve("gap", "-Xmx128m")) {
      HttpDoor door = new HttpDoor(serve.readLine());
      try (EventStream events = EventStream.open(door, "freshness", "freshness.0=1")) {
        assertThat(events.next().name()).isEqualTo("open");
        Event gap = events.next();
        assertThat(gap.name()).isEqualTo("gap");
        assertThat(gap.data().path("from").asLong()).isEqualTo(1);
        assertThat(gap.data().path("to").asLong()).isEqualTo(3);
        assertThat(events.next().data().path("number").asLong()).isEqualTo(4);
      }
      assertThat(error(400, door.get("/v1/events?topics=queries"))).contains("topics");
    }
  }

  /** In each of its lives it is killed while it sends; statuses are written before and after. */
  @Test
  void whoResumesADoorThatIsKilledTenTimesHearsEachStatusOnce() throws Exception {
    Connection connection = broker.topics("killed");
    List<String> written = new ArrayList<>();
    List<String> heard = new ArrayList<>();
    String last = BEGINNING;
    for (int life = 0; life <= 10; life++) {
      write(connection, written, 15);
      try (JavaProcess serve = serve("killed", "-Xmx128m");
          EventStream events = EventStream.open(new HttpDoor(serve.readLine()), "status", last)) {
        assertThat(events.next().name()).isEqualTo("open");
        write(connection, written, 15);
        int most = life < 10 ? heard.size() + 23 : written.size();
        while (heard.size() < most) {
          Event event = events.next();
          heard.add(id(event));
          last = event.id();
        }
        serve.kill();
      }
    }
    assertThat(heard).containsExactlyInAnyOrderElementsOf(written);
  }

  /** Writes statuses of new documents to all partitions, and notes their ids. */
  private static void write(Connection connection, List<String> ids, int count) {
    for (int i = 0; i < count; i++) {
      String id = "d" + ids.size();
      write(connection, ids.size() % 4, id);
      ids.add(id);
    }
  }

  /** 500 clients that never read; 20 MB wait for each, and the door has a heap of 128 MB. */
  @Test
  void readersThatAreTooManyAreRefusedAndSlowOnesCutOff() throws Exception {
    Connection connection = broker.topics("crowd");
    int records = 2_000;
    writeLarge(connection, records);
    List<SlowReader> readers = new ArrayList<>();
    try (JavaProcess serve = serve("crowd", "-Xmx128m")) {
      HttpDoor door = new HttpDoor(serve.readLine());
      int port = URI.create(door.address()).getPort();
      for (int i = 0; i < 500; i++) {
        readers.add(SlowReader.connect(port, "/v1/events?topics=status", BEGINNING));
      }
      List<SlowReader> served = new ArrayList<>();
      for (SlowReader reader : readers) {
        String head = reader.head();
        if (head.startsWith("HTTP/1.1 200 ")) {
          served.add(reader);
        } else {
          assertThat(head).startsWith("HTTP/1.1 429 ").containsIgnoringCase("\nRetry-After: 1\r");
        }
      }
      assertThat(served).hasSize(PLACES);
      await("places of those that do not read")
          .atMost(Duration.ofMinutes(1))
          .until(() -> isServed(door));

      SlowReader cut = cutOff(served);
      Set<String> heard = cut.ids();
      assertThat(heard).hasSizeLessThan(records);
      try (EventStream events = EventStream.open(door, "status", cut.lastId())) {
        assertThat(events.next().name()).isEqualTo("open");
        while (heard.size() < records) {
          heard.add(id(events.next()));
        }
      }
      assertThat(error(503, door.get("/v1/health"))).startsWith("no updater tells");
    } finally {
      for (SlowReader reader : readers) {
        reader.close();
      }
    }
  }

  /** Writes records of 10 KB that cannot be compressed. */
  private static void writeLarge(Connection connection, int count) throws Exception {
    Random random = new Random(7);
    byte[] noise = new byte[7_500];
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try (Producer<byte[], byte[]> producer = connection.producer()) {
      for (int i = 0; i < count; i++) {
        random.nextBytes(noise);
        String text = Base64.getEncoder().encodeToString(noise);
        sent.add(producer.send(record(connection, i % 4, "d" + i, text)));
      }
    }
    for (Future<RecordMetadata> place : sent) {
      place.get();
    }
  }

  private static SlowReader cutOff(List<SlowReader> readers) throws Exception {
    for (SlowReader reader : readers) {
      if (reader.isCutOff()) {
        return reader;
      }
    }
    throw new AssertionError("each of them went on");
  }

  private static boolean isServed(HttpDoor door) throws Exception {
    SlowReader next =
        SlowReader.connect(URI.create(door.address()).getPort(), "/v1/events", BEGINNING);
    try (next) {
      return next.head().startsWith("HTTP/1.1 200 ");
    }
  }

  private static JavaProcess serve(String prefix, String heap) throws Exception {
    return JavaProcess.start(
        List.of(heap),
        Realm.class,
        "serve",
        "--port=0",
        "--bootstrap-servers=" + broker.servers(),
        "--topic-prefix=" + prefix);
  }

  private static void write(Connection connection, int partition, String id) {
    KeptClients.send(connection, record(connection, partition, id, ""));
  }

  private static ProducerRecord<byte[], byte[]> record(
      Connection connection, int partition, String id, String reason) {
    String status =
        """
        {"id":"%s","revision":1,"outcome":"ADDED","reason":"%s","passages":1,"added":1,"removed":0,
        "unchanged":0,"truncated":0,"version":1,"readAt":"2026-03-01T09:30:00Z"}"""
            .formatted(id, reason);
    return new ProducerRecord<>(
        connection.topics().documentStatus(),
        partition,
        id.getBytes(UTF_8),
        status.getBytes(UTF_8));
  }

  private static String id(Event event) {
    assertThat(event.name()).isEqualTo("status");
    return event.data().path("id").asText();
  }
}
