package io.realmstream.deploy.shipping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import io.realmstream.deploy.cli.Realm;
import io.realmstream.deploy.cli.RealmVersion;
import io.realmstream.deploy.shipping.Dockerfile.Instruction;
import io.realmstream.deploy.shipping.Dockerfile.Stage;
import java.util.List;
import java.util.Set;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.junit.jupiter.api.Test;

/** What the Dockerfile says. {@code ImageIT} looks at the files that it takes. */
class DockerfileTest {
  private static final Set<String> INSTRUCTIONS =
      Set.of("COPY", "RUN", "ENV", "USER", "WORKDIR", "ENTRYPOINT");

  private final Dockerfile file;

  DockerfileTest() throws Exception {
    file = Dockerfile.read();
  }

  @Test
  void instructionsExist() {
    for (Stage stage : file.stages()) {
      assertThat(stage.instructions()).extracting(Instruction::name).isSubsetOf(INSTRUCTIONS);
    }
  }

  @Test
  void flinkAndThisProjectHaveTheVersionsOfTheBuild() throws Exception {
    String flink = EnvironmentInformation.getVersion();
    assertThat(file.arguments())
        .containsEntry("FLINK_VERSION", flink)
        .containsEntry("REALM_VERSION", RealmVersion.number());
    assertThat(file.stage("jobs").base()).isEqualTo("flink:" + flink + "-scala_2.12-java17");
  }

  @Test
  void bothImagesRunAsAUserThatIsNotRoot() {
    for (String image : List.of("jobs", "command")) {
      assertThat(file.stage(image).last("USER")).matches("[1-9]\\d*:[1-9]\\d*");
    }
  }

  @Test
  void commandIsTheOneOfTheLauncher() throws Exception {
    List<String> words = file.stage("command").all("ENTRYPOINT").get(0).words();
    assertThat(words.get(words.size() - 1)).isEqualTo(Realm.class.getName());
    List<String> models = file.stage("models").all("RUN").get(0).words();
    int command = models.indexOf(Realm.class.getName());
    String[] arguments = models.subList(command + 1, models.size()).toArray(String[]::new);
    assertThatCode(() -> Realm.commandLine().parseArgs(arguments)).doesNotThrowAnyException();
  }

  /** What a stage takes of another one is there. */
  @Test
  void modelsAreWhereTheJobsLookForThem() throws Exception {
    List<String> made = file.stage("models").all("RUN").get(0).words();
    String copied = "--from=models --chown=9999:9999 %s/ ".formatted(made.get(made.size() - 1));
    assertThat(file.stage("jobs").all("COPY"))
        .extracting(Instruction::rest)
        .contains(copied + modelDirectory() + "/");
  }

  @Test
  void onlyWhatIsCopiedIsSentToDocker() throws Exception {
    List<String> sent =
        ShippedFiles.text("image/Dockerfile.dockerignore")
            .lines()
            .filter(line -> line.startsWith("!"))
            .map(line -> line.substring(1).replaceAll("/[*].jar$", ""))
            .toList();
    for (Stage stage : file.stages()) {
      for (Instruction copy : stage.all("COPY")) {
        if (!copy.rest().startsWith("--from")) {
          assertThat(sent).anyMatch(folder -> copy.rest().startsWith(folder + "/"));
        }
      }
    }
  }

  /** A volume takes its owner from the folder that it is mounted over. */
  @Test
  void foldersOfStateExistAndBelongToTheUser() throws Exception {
    String run = file.stage("jobs").last("RUN");
    for (JsonNode mount :
        ShippedFiles.document("compose/compose.yaml").at("/services/taskmanager/volumes")) {
      String volume = mount.asText();
      if (!volume.startsWith("./")) {
        String folder = volume.replaceAll(".*:", "");
        assertThat(run).containsPattern("mkdir [^&]*" + folder + "\\b");
        assertThat(run).containsPattern("chown 9999:9999 [^&]*" + folder + "\\b");
      }
    }
  }

  private static String modelDirectory() throws Exception {
    JsonNode arguments = ShippedFiles.manifests("FlinkDeployment").get(0).at("/spec/job/args");
    List<String> texts = ShippedFiles.texts(arguments);
    return texts.get(texts.indexOf("--realm.model.directory") + 1);
  }
}
