package io.realmstream.deploy.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class WarmUpTest {
  private int times;

  @Test
  void workIsDoneAsOftenAsAskedAtLeastAndNotMoreThanAtMost() {
    new WarmUp(3, 3).run(() -> times++);
    assertThat(times).isEqualTo(3);
    new WarmUp(0, 0).run(() -> times++);
    assertThat(times).isEqualTo(3);
  }

  @Test
  void failureOfTheWorkEndsIt() {
    assertThatThrownBy(
            () ->
                new WarmUp(1, 9)
                    .run(
                        () -> {
                          times++;
                          throw new IOException("no");
                        }))
        .isInstanceOf(IOException.class);
    assertThat(times).isEqualTo(1);
  }
}
