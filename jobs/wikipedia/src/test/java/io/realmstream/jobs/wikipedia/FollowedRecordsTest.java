package io.realmstream.jobs.wikipedia;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmstream.jobs.wikipedia.pages.PublishedText;
import io.realmstream.jobs.wikipedia.pages.WaitingText;
import io.realmstream.model.wikipedia.PageState;
import io.realmstream.model.wikipedia.Statement;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that travels between operators or lies in state: a POJO to Flink, never Kryo. */
class FollowedRecordsTest {
  @ParameterizedTest
  @ValueSource(classes = {Statement.class, PageState.class, WaitingText.class, PublishedText.class})
  void isAPojo(Class<?> type) {
    TypeInformation<?> info = TypeInformation.of(type);
    assertThat(info).isInstanceOf(PojoTypeInfo.class);
    Configuration noKryo = new Configuration();
    noKryo.set(PipelineOptions.GENERIC_TYPES, false);
    assertThat(info.createSerializer(new SerializerConfigImpl(noKryo))).isNotNull();
  }
}
