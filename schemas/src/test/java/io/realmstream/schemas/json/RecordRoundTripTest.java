package io.realmstream.schemas.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.realmstream.schemas.answer.Answer;
import io.realmstream.schemas.version.VersionProposal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RecordRoundTripTest {
  private static final ObjectMapper PLAIN = new ObjectMapper();

  /** A record with the codec of its topic. */
  private record Sent<T>(JsonCodec<T> codec, T record) {}

  @Property(tries = 1_200, seed = "7")
  void whatIsEncodedComesBack(@ForAll("any") Sent<?> sent) throws Exception {
    comesBack(sent);
  }

  @Property(tries = 50, seed = "7")
  void answersWithAllFieldsSet(@ForAll("fullAnswers") Sent<Answer> answer) throws Exception {
    comesBack(answer);
    String json = new String(Codecs.ANSWER.encode(answer.record()), StandardCharsets.UTF_8);
    assertThat(json).contains("\"version\":{", "\"answer\":{", "\"noAnswerMass\":");
  }

  @Property(tries = 50, seed = "7")
  void proposalsWithAllFieldsSet(@ForAll("fullProposals") Sent<VersionProposal> proposal)
      throws Exception {
    comesBack(proposal);
    byte[] bytes = Codecs.VERSION_PROPOSAL.encode(proposal.record());
    String json = new String(bytes, StandardCharsets.UTF_8);
    assertThat(json).contains("\"projection\":{", "\"from\":", "\"reason\":");
  }

  @Provide
  Arbitrary<Sent<?>> any() {
    List<Arbitrary<Sent<?>>> each = new ArrayList<>();
    for (JsonCodec<?> codec : Codecs.all()) {
      each.add(sent(codec, 0.3).map(sent -> sent));
    }
    return Arbitraries.oneOf(each);
  }

  @Provide
  Arbitrary<Sent<Answer>> fullAnswers() {
    return sent(Codecs.ANSWER, 0);
  }

  @Provide
  Arbitrary<Sent<VersionProposal>> fullProposals() {
    return sent(Codecs.VERSION_PROPOSAL, 0);
  }

  private static <T> Arbitrary<Sent<T>> sent(JsonCodec<T> codec, double nulls) {
    return new RecordArbitraries(nulls).of(codec).map(record -> new Sent<>(codec, record));
  }

  private static <T> void comesBack(Sent<T> sent) throws Exception {
    byte[] bytes = sent.codec().encode(sent.record());
    T decoded = sent.codec().decode(bytes);
    assertThat(decoded).isEqualTo(sent.record());
    assertThat(sent.codec().encode(decoded)).isEqualTo(bytes);
    assertThat(PLAIN.readTree(bytes).isObject()).isTrue();
  }
}
