package io.realmstream.deploy.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.cli.CommandRun;
import io.realmstream.deploy.cli.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainSecretsTest {
  private static final String MODULE =
      "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"ada\" ";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ssl.truststore.password",
        "ssl.key.password",
        "ssl.keystore.key",
        "sasl.oauthbearer.client.credentials.client.secret",
        "config.providers.vault.param.token",
        "s3.secret-key",
        "s3.access-key",
        "security.ssl.rest.key-password"
      })
  void plainValueOfASecretsNameIsFoundAndAReferenceIsNot(String name) {
    assertThat(PlainSecrets.in(Map.of(name, "hunter2"))).containsExactly(name);
    assertThat(PlainSecrets.in(Map.of(name, "${file:/etc/kafka.properties:it}"))).isEmpty();
    assertThat(PlainSecrets.in(Map.of(name, "hunter2${env:IT}"))).containsExactly(name);
    assertThat(PlainSecrets.in(Map.of(name, ""))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "password=\"hunter2\", true",
    "password=hunter2, true",
    "password = \"hunter2\", true",
    "clientSecret=\"hunter2\", true",
    "password=\"${file:/etc/kafka.properties:it}\", false",
    "clientSecret=${env:IT}, false",
    "serviceName=kafka, false"
  })
  void jaasConfigurationIsLookedThroughFieldByField(String field, boolean plain) {
    for (String name : new String[] {"sasl.jaas.config", "listener.name.x.sasl.jaas.config"}) {
      assertThat(PlainSecrets.in(Map.of(name, MODULE + field + ";")).isEmpty()).isNotEqualTo(plain);
    }
  }

  @Test
  void whatIsNoSecretIsNotTakenForOne() {
    assertThat(
            PlainSecrets.in(
                Map.of(
                    "bootstrap.servers", "a:1",
                    "security.protocol", "SASL_SSL",
                    "ssl.keystore.location", "/etc/keys",
                    "sasl.oauthbearer.token.endpoint.url", "https://x/token",
                    "realm.shards", "128")))
        .isEmpty();
  }

  @Test
  void providersThatAreNotDeclaredAreNamed() {
    Map<String, String> settings =
        Map.of("config.providers", "file, env", "a", "${file:/x:y}", "b", "1${vault:z}2${env:Q}");
    assertThat(PlainSecrets.undeclaredProviders(settings)).containsExactly("vault");
    assertThat(PlainSecrets.undeclaredProviders(Map.of("a", "${env:Q}"))).containsExactly("env");
    assertThat(PlainSecrets.undeclaredProviders(Map.of("a", "$5 {x} ${}"))).isEmpty();
  }

  @Test
  void submitRefusesAPlainSecretByNameAndDoesNotRepeatIt(@TempDir Path directory) throws Exception {
    CommandRun run = submit(directory, "ssl.truststore.password=hunter2");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err())
        .contains("[ssl.truststore.password]", "--allow-plain-secrets")
        .doesNotContain("hunter2");
    CommandRun set = submit(directory, "", "--set", "realm.kafka=ssl.key.password:hunter2");
    assertThat(set.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(set.err()).contains("[ssl.key.password]").doesNotContain("hunter2");
  }

  @Test
  void submitRefusesAReferenceThatKafkaWouldNotResolve(@TempDir Path directory) throws Exception {
    CommandRun run = submit(directory, "ssl.truststore.password=${file:/x:y}");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("config.providers does not name: [file]");
  }

  private static CommandRun submit(Path directory, String properties, String... more)
      throws Exception {
    Path file = Files.writeString(directory.resolve("client.properties"), properties);
    String[] all = new String[more.length + 5];
    String[] first = {
      "submit",
      "--flink=http://localhost:1",
      "--bootstrap-servers=localhost:1",
      "--kafka-config",
      file.toString()
    };
    System.arraycopy(first, 0, all, 0, 5);
    System.arraycopy(more, 0, all, 5, more.length);
    return CommandRun.of(all);
  }
}
