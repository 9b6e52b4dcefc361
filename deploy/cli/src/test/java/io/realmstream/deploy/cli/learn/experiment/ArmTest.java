package io.realmstream.deploy.cli.learn.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ArmTest {

  @Test
  void namesSayWhatIsLearnedAndRefreshed() {
    assertThat(Arm.of("frozen")).isEqualTo(new Arm("frozen", true, 0));
    assertThat(Arm.of("never")).isEqualTo(new Arm("never", false, 0));
    assertThat(Arm.of("100")).isEqualTo(new Arm("100", false, 100));
    assertThatThrownBy(() -> Arm.of("0")).hasMessageContaining("not '0'");
    assertThatThrownBy(() -> Arm.of("often")).hasMessageContaining("not 'often'");
  }
}
