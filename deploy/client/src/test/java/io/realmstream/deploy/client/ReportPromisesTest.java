package io.realmstream.deploy.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.realmstream.deploy.client.deadletters.DeadLetterReport;
import io.realmstream.deploy.client.documents.StoryReport;
import io.realmstream.deploy.client.status.StatusReport;
import io.realmstream.deploy.client.versions.VersionReport;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Fields of JSON that 0.1.0 promised, of commands and of the door, are still there. */
class ReportPromisesTest {
  static Stream<Arguments> promises() {
    return Stream.of(
        Arguments.of(
            StatusReport.class,
            "at jobs documents passages failedDocuments versions indexedThrough freshnessMs lags"
                + " deadLetters warnings wikis"),
        Arguments.of(StatusReport.Version.class, "version state complete retriever reason"),
        Arguments.of(StatusReport.Lag.class, "topic reader records"),
        Arguments.of(StatusReport.Wiki.class, "wiki verifiedSince unverifiedMs"),
        Arguments.of(
            VersionReport.class,
            "version index state complete retriever reason since activated digests scoreScale"
                + " calibration documentsDone documents documentsPerSecond secondsLeft"),
        Arguments.of(
            StoryReport.class,
            "id title newestRevision kind characters pending revisionInForce status versions"),
        Arguments.of(StoryReport.Version.class, "version state revision passages"),
        Arguments.of(StoryReport.Passage.class, "uid start end text"),
        Arguments.of(
            DeadLetterReport.class,
            "number at topic partition offset stage class message id bytes truncated kept value"
                + " valueBase64 sent"));
  }

  @ParameterizedTest
  @MethodSource("promises")
  void fieldsOf010AreThere(Class<?> report, String fields) {
    assertThat(fields(report)).contains(fields.split(" "));
  }

  private static List<String> fields(Class<?> report) {
    List<String> fields = new ArrayList<>();
    for (RecordComponent component : report.getRecordComponents()) {
      JsonProperty named = component.getAccessor().getAnnotation(JsonProperty.class);
      if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
        fields.addAll(fields(component.getType()));
      } else {
        fields.add(named == null ? component.getName() : named.value());
      }
    }
    return fields;
  }
}
