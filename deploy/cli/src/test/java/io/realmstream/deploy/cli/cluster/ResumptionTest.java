package io.realmstream.deploy.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.deploy.cli.CommandRun;
import io.realmstream.deploy.cli.ExitCode;
import io.realmstream.deploy.client.Connection;
import io.realmstream.deploy.embedded.cluster.RealmJob;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without a broker; {@code ClusterUpIT} has the rest. */
class ResumptionTest {
  private static final Connection NO_BROKER = Connection.to("localhost:1");

  @Test
  void newestCompleteCheckpointOfTheJobsOwnFolderIsTaken(@TempDir Path checkpoints)
      throws Exception {
    Path job = checkpoints.resolve(Resumption.id(RealmJob.UPDATER.jobName()));
    for (String name : new String[] {"chk-9", "chk-10", "chk-11"}) {
      Files.createDirectories(job.resolve(name));
    }
    Files.createFile(job.resolve("chk-9/_metadata"));
    Files.createFile(job.resolve("chk-10/_metadata"));
    assertThat(new Resumption(checkpoints, NO_BROKER).checkpoint(RealmJob.UPDATER))
        .isEqualTo("file:" + job.resolve("chk-10") + "/");
  }

  @Test
  void jobsHaveDifferentIdsThatStayTheSame() {
    assertThat(Resumption.id(RealmJob.UPDATER.jobName()))
        .matches("[0-9a-f]{32}")
        .isEqualTo(Resumption.id(RealmJob.UPDATER.jobName()))
        .isNotEqualTo(Resumption.id(RealmJob.RETRIEVER.jobName()));
  }

  @Test
  void oneWayToGoOnIsEnough() {
    CommandRun run =
        CommandRun.of(
            "submit",
            "--flink=http://localhost:1",
            "--job=updater",
            "--from=/savepoint",
            "--resume=/checkpoints");
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err().lines())
        .containsExactly("realm: --from and --resume each say where a job goes on: give one");
  }
}
