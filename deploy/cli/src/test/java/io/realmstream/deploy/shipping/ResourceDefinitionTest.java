package io.realmstream.deploy.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

/** That a manifest which is wrong would be noticed. */
class ResourceDefinitionTest {
  private final ResourceDefinition definition;
  private final ObjectNode deployment;

  ResourceDefinitionTest() throws Exception {
    definition = ResourceDefinition.read(FlinkDeploymentsTest.DEFINITION);
    deployment = ShippedFiles.manifests("FlinkDeployment").get(0);
    deployment.withObject("/spec").remove("flinkVersion");
  }

  @Test
  void objectThatIsRightHasNoFault() {
    assertThat(definition.faults(deployment)).isEmpty();
  }

  @Test
  void unknownFieldIsAFaultHoweverDeep() {
    deployment.put("specs", 1);
    deployment.withObject("/spec/job").put("entryClas", "A");
    ((ObjectNode) deployment.at("/spec/taskManager/podTemplate/spec/containers/0")).put("prots", 1);
    assertThat(definition.faults(deployment))
        .containsExactlyInAnyOrder(
            "specs: unknown",
            "spec.job.entryClas: unknown",
            "spec.taskManager.podTemplate.spec.containers[0].prots: unknown");
  }

  @Test
  void wrongTypeOrValueIsAFault() {
    deployment.withObject("/spec/job").put("parallelism", "4").put("upgradeMode", "savepoints");
    deployment.withObject("/spec/flinkConfiguration").put("taskmanager.numberOfTaskSlots", 2);
    assertThat(definition.faults(deployment))
        .hasSize(3)
        .anyMatch(fault -> fault.startsWith("spec.job.parallelism: \"4\" is no integer"))
        .anyMatch(fault -> fault.startsWith("spec.job.upgradeMode: \"savepoints\" is none of"))
        .anyMatch(fault -> fault.endsWith("numberOfTaskSlots: 2 is no string"));
  }
}
