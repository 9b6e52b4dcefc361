package io.realmstream.deploy.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.client.Connection;
import io.realmstream.schemas.Topics;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.config.provider.FileConfigProvider;
import org.apache.kafka.common.security.plain.PlainLoginModule;

/**
 * A broker that speaks TLS alone, asks each client for its password, and grants what it is told.
 */
final class SecuredBroker implements AutoCloseable {
  /** May do all. */
  static final String ADMIN = "admin";

  /**
   * Whatever files, Java properties, JAAS and Flink's settings treat by itself. Kafka itself cuts
   * white space off the ends of passwords.
   */
  private static final String SECRET = "a \"quoted\" wörd, 'ключ': #1; =\\2";

  /** Of the store that the JDK's tool makes; it takes no other characters than these. */
  private static final String MADE = "changeit";

  private final Path directory;
  private final EmbeddedBroker broker;

  private SecuredBroker(Path directory, EmbeddedBroker broker) {
    this.directory = directory;
    this.broker = broker;
  }

  /**
   * Starts it.
   *
   * @param users whom it knows beside the admin, all by the same secret
   */
  static SecuredBroker start(Path directory, List<String> users) throws Exception {
    Path store = keys(directory);
    Properties secrets = new Properties();
    secrets.setProperty("store", SECRET);
    secrets.setProperty("jaas", inJaas());
    try (Writer file = Files.newBufferedWriter(directory.resolve("secrets.properties"), UTF_8)) {
      secrets.store(file, null);
    }
    StringBuilder known = new StringBuilder(login(ADMIN, inJaas()));
    users.forEach(user -> known.append(known(user)));
    known.append(known(ADMIN)).append(';');
    Map<String, String> settings = new HashMap<>();
    settings.put("listener.security.protocol.map", "PLAINTEXT:SASL_SSL,CONTROLLER:PLAINTEXT");
    settings.put("inter.broker.listener.name", "PLAINTEXT");
    settings.put("sasl.enabled.mechanisms", "PLAIN");
    settings.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
    settings.put("listener.name.plaintext.plain.sasl.jaas.config", known.toString());
    settings.put("ssl.keystore.type", "JKS");
    settings.put("ssl.keystore.location", store.toString());
    settings.put("ssl.keystore.password", SECRET);
    settings.put("ssl.key.password", SECRET);
    settings.put("ssl.truststore.type", "JKS");
    settings.put("ssl.truststore.location", store.toString());
    settings.put("ssl.truststore.password", SECRET);
    settings.put(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    // the controller is the broker itself
    settings.put("super.users", "User:" + ADMIN + ";User:ANONYMOUS");
    EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("kafka"), 0, settings);
    return new SecuredBroker(directory, broker);
  }

  String servers() {
    return broker.bootstrapServers();
  }

  /** What a client is told, with references in the place of secrets. */
  Map<String, String> properties(String user) {
    String secret = "${file:" + directory.resolve("secrets.properties") + ":";
    return Map.of(
        "security.protocol",
        "SASL_SSL",
        "sasl.mechanism",
        "PLAIN",
        "sasl.jaas.config",
        login(user, secret + "jaas}") + ";",
        "ssl.truststore.type",
        "JKS",
        "ssl.truststore.location",
        directory.resolve("keys.jks").toString(),
        "ssl.truststore.password",
        secret + "store}",
        "config.providers",
        "file",
        "config.providers.file.class",
        FileConfigProvider.class.getName());
  }

  Connection connect(String user, Topics topics) {
    Map<String, Object> settings = new HashMap<>(properties(user));
    settings.put("bootstrap.servers", servers());
    return new Connection(settings, topics);
  }

  private static String login(String user, String secret) {
    return "%s required username=\"%s\" password=\"%s\""
        .formatted(PlainLoginModule.class.getName(), user, secret);
  }

  private static String known(String user) {
    return " user_%s=\"%s\"".formatted(user, inJaas());
  }

  /** As it stands between quotes there. */
  private static String inJaas() {
    return SECRET.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  /** A key for this machine with its certificate, both behind the secret. */
  private static Path keys(Path directory) throws Exception {
    Path made = directory.resolve("made.p12");
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
    command.addAll(List.of("-genkeypair", "-alias", "broker", "-dname", "CN=localhost"));
    command.addAll(List.of("-ext", "san=dns:localhost", "-keyalg", "EC", "-storetype", "PKCS12"));
    command.addAll(List.of("-storepass", MADE, "-keystore", made.toString()));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
    KeyStore from = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(made)) {
      from.load(in, MADE.toCharArray());
    }
    Key key = from.getKey("broker", MADE.toCharArray());
    Certificate certificate = from.getCertificate("broker");
    KeyStore to = KeyStore.getInstance("JKS");
    to.load(null, null);
    to.setKeyEntry("broker", key, SECRET.toCharArray(), new Certificate[] {certificate});
    to.setCertificateEntry("trusted", certificate);
    Path store = directory.resolve("keys.jks");
    try (OutputStream out = Files.newOutputStream(store)) {
      to.store(out, SECRET.toCharArray());
    }
    return store;
  }

  @Override
  public void close() {
    broker.close();
  }
}
