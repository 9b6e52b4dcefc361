package io.realmstream.jobs.wikipedia;

import static io.realmstream.jobs.graph.JobGraph.type;

import io.realmstream.jobs.DeadLetters;
import io.realmstream.jobs.OutboundRecord;
import io.realmstream.jobs.RealmOptions;
import io.realmstream.jobs.graph.Ends;
import io.realmstream.jobs.graph.JobGraph;
import io.realmstream.jobs.kafka.KafkaEnds;
import io.realmstream.jobs.wikipedia.decode.DecodeEventFunction;
import io.realmstream.jobs.wikipedia.decode.DecodeKnownFunction;
import io.realmstream.jobs.wikipedia.pages.PagesOperator;
import io.realmstream.jobs.wikipedia.pages.PagesOperatorFactory;
import io.realmstream.jobs.wikipedia.pages.PagesOutput;
import io.realmstream.jobs.wikipedia.pages.PagesSettings;
import io.realmstream.jobs.wikipedia.text.ExtractTextFunction;
import io.realmstream.jobs.wikipedia.text.TextExtractor;
import io.realmstream.model.wikipedia.Statement;
import io.realmstream.schemas.Topics;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;

/**
 * The job that follows wikis: what is said of their pages comes in, edits of documents go out.
 *
 * <pre>
 * Wikipedia events --> decode-events --> text --+--(page)--> pages --> documents topic
 *                           |                   |            |  ^
 * accepted edits, once --> decode-known --------'            |  '--> the wikis' API
 *                           |                                '--> outcomes
 *                           '--> dead letters
 * </pre>
 */
public final class WikipediaFollower {
  private final JobGraph graph;
  private final Topics topics;
  private final ReadableConfig settings;
  private final PagesSettings fixed;

  private WikipediaFollower(StreamExecutionEnvironment env, ReadableConfig settings, Ends ends) {
    this.settings = settings;
    fixed = WikipediaOptions.pages(settings);
    graph = new JobGraph(env, settings, ends);
    topics = RealmOptions.topics(settings);
  }

  /**
   * Runs the job; arguments are settings, as in {@code --realm.wikipedia.contact me@example.org}.
   */
  public static void main(String[] arguments) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    build(env, ParameterTool.fromArgs(arguments).getConfiguration());
    env.execute(WikipediaFollower.class.getSimpleName());
  }

  /** Lays the job's graph; its topics must exist. */
  public static void build(StreamExecutionEnvironment env, ReadableConfig settings) {
    build(env, settings, new KafkaEnds(settings));
  }

  /**
   * Lays the job's graph between these ends.
   *
   * @throws IllegalArgumentException in words for people: there is no contact, or a wiki of which
   *     no address is known
   */
  public static void build(StreamExecutionEnvironment env, ReadableConfig settings, Ends ends) {
    new WikipediaFollower(env, settings, ends).lay();
  }

  private void lay() {
    var statements = decodeEvents();
    var pages = pages(text(statements).union(decodeKnown()));
    graph.write(pages, topics.documents());
    graph.write(pages.getSideOutput(PagesOutput.OUTCOMES), topics.wikipediaOutcomes());
    graph.write(statements.getSideOutput(DeadLetters.TAG), topics.deadLetters());
  }

  private SingleOutputStreamOperator<Statement> decodeEvents() {
    return graph.named(
        graph
            .readCountingLoss(topics.wikipediaEvents(), "wikipedia-events")
            .process(
                new DecodeEventFunction(WikipediaOptions.wikis(settings)), type(Statement.class)),
        DecodeEventFunction.UID,
        "Decodes what is said of pages; what is none goes to the dead letters\n"
            + "Well: deadLetters does not grow; feedGaps is 0");
  }

  private SingleOutputStreamOperator<Statement> text(DataStream<Statement> statements) {
    return graph.named(
        statements.map(new ExtractTextFunction(TextExtractor.CURRENT), type(Statement.class)),
        ExtractTextFunction.UID,
        "Makes readable text of wikitext that came along\n"
            + "Well: numRecordsOut follows numRecordsIn");
  }

  private SingleOutputStreamOperator<Statement> decodeKnown() {
    return graph
        .named(
            graph
                .readOnce(topics.acceptedDocuments(), "wikipedia-accepted")
                .flatMap(
                    new DecodeKnownFunction(WikipediaOptions.wikis(settings)),
                    type(Statement.class)),
            DecodeKnownFunction.UID,
            "Decodes what the knowledge base held at a start without state\n"
                + "Well: numRecordsIn grows until the task has FINISHED")
        .setParallelism(1);
  }

  private SingleOutputStreamOperator<OutboundRecord> pages(DataStream<Statement> statements) {
    return graph
        .named(
            statements
                .keyBy(Statement::key, Types.STRING)
                .transform(
                    PagesOperator.UID,
                    type(OutboundRecord.class),
                    new PagesOperatorFactory(fixed, TextExtractor.CURRENT)),
            PagesOperator.UID,
            "Decides, fetches and publishes pages\n"
                + "Well: statementAgeMs and textsWaiting stay small")
        .setParallelism(1);
  }
}
