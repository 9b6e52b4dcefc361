package io.realmstream.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartOpenerTest {
  private final PartOpener opener =
      PartOpener.local(
          new ClassLoader() {
            @Override
            public @Nullable InputStream getResourceAsStream(String name) {
              return name.equals("a/b.onnx")
                  ? new ByteArrayInputStream("resource".getBytes(StandardCharsets.UTF_8))
                  : null;
            }
          });

  @Test
  void resourceIsReadByItsFullNameWithOrWithoutASlash() throws Exception {
    assertThat(read("classpath:a/b.onnx")).isEqualTo("resource");
    assertThat(read("classpath:/a/b.onnx")).isEqualTo("resource");
  }

  @Test
  void resourceThatIsNotThereIsNamedAsSuch() {
    assertThatThrownBy(() -> read("classpath:b.onnx"))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessage("no such resource on the class path");
  }

  @Test
  void fileIsRead(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("part"), "file");

    assertThat(read(file.toUri().toString())).isEqualTo("file");
  }

  @Test
  void missingFileAndDirectoryAreNoFiles(@TempDir Path directory) {
    assertThatThrownBy(() -> read(directory.resolve("none").toUri().toString()))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessage("no such file");
    assertThatThrownBy(() -> read(directory.toUri().toString()))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessage("no such file");
  }

  @Test
  void uriThatNamesNoPathIsAnIoException() {
    assertThatThrownBy(() -> read("file:relative"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("not a path: ");
  }

  @Test
  void otherSchemesAreRefusedByName() {
    assertThatThrownBy(() -> read("http://host/part"))
        .isInstanceOf(ForbiddenPartException.class)
        .hasMessage("scheme http: is not allowed, only classpath: and file: are");
    assertThatThrownBy(() -> read("part")).isInstanceOf(ForbiddenPartException.class);
  }

  private String read(String uri) throws IOException {
    try (InputStream stream = opener.open(URI.create(uri))) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
