package io.realmstream.deploy.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class AllowanceTest {
  @Test
  void piecesUpToTheLimitPass() throws IOException {
    Allowance stream = new Allowance(new ByteArrayInputStream(new byte[6]), 3);
    assertThat(stream.readNBytes(3)).hasSize(3);
    stream.renew();
    assertThat(stream.readNBytes(2)).hasSize(2);
    assertThat(stream.read()).isZero();
    stream.renew();
    assertThat(stream.read()).isEqualTo(-1);
  }

  @Test
  void longerPieceIsAnError() throws IOException {
    Allowance stream = new Allowance(new ByteArrayInputStream(new byte[9]), 3);
    assertThat(stream.read(new byte[4], 0, 4)).isEqualTo(4);
    assertThatThrownBy(stream::read)
        .isInstanceOf(IOException.class)
        .hasMessage("more than 3 bytes without an end");
    assertThatThrownBy(() -> stream.read(new byte[1], 0, 1)).isInstanceOf(IOException.class);
  }
}
