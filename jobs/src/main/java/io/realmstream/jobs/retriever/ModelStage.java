package io.realmstream.jobs.retriever;

import io.realmstream.jobs.RealmOptions;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.functions.async.AsyncFunction;

/**
 * How a stage runs models for questions.
 *
 * @param threads of each subtask
 * @param inFlightMax questions of each subtask; more are refused
 */
public record ModelStage(int threads, int inFlightMax) {
  static ModelStage of(ReadableConfig settings) {
    return new ModelStage(
        settings
            .getOptional(RealmOptions.READ_THREADS)
            .orElse(Runtime.getRuntime().availableProcessors()),
        settings.get(RealmOptions.QUERIES_IN_FLIGHT_MAX));
  }

  /** The stage, without a time-out; with room for those that are refused, until they have left. */
  <I, O> SingleOutputStreamOperator<O> of(DataStream<I> in, AsyncFunction<I, O> function) {
    return AsyncDataStream.unorderedWait(in, function, 0, TimeUnit.MILLISECONDS, 2 * inFlightMax);
  }
}
