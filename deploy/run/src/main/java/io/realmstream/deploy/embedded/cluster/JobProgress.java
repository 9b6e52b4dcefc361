package io.realmstream.deploy.embedded.cluster;

import io.realmstream.deploy.embedded.host.StartException;
import java.util.Iterator;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.ArchivedExecutionGraph;
import org.apache.flink.runtime.executiongraph.ArchivedExecutionJobVertex;
import org.apache.flink.runtime.executiongraph.ArchivedExecutionVertex;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;
import org.apache.flink.runtime.scheduler.exceptionhistory.RootExceptionHistoryEntry;
import org.jspecify.annotations.Nullable;

/**
 * How far a job's start is.
 *
 * @param running whether every task has restored its state and runs, or has done so: a source that
 *     is read once ends
 * @param failure the first failure so far in one line, also when Flink restarts the job after it
 */
record JobProgress(boolean running, @Nullable String failure) {
  static JobProgress of(ExecutionGraphInfo info) {
    ArchivedExecutionGraph graph = info.getArchivedExecutionGraph();
    if (graph.getFailureInfo() != null) {
      return failed(graph.getFailureInfo().getException());
    }
    Iterator<RootExceptionHistoryEntry> failures = info.getExceptionHistory().iterator();
    if (failures.hasNext()) {
      return failed(failures.next().getException());
    }
    return new JobProgress(graph.getState() == JobStatus.RUNNING && everyTaskRuns(graph), null);
  }

  private static JobProgress failed(Throwable failure) {
    return new JobProgress(false, StartException.firstLine(failure));
  }

  private static boolean everyTaskRuns(ArchivedExecutionGraph graph) {
    for (ArchivedExecutionJobVertex vertex : graph.getVerticesTopologically()) {
      for (ArchivedExecutionVertex task : vertex.getTaskVertices()) {
        ExecutionState state = task.getExecutionState();
        if (state != ExecutionState.RUNNING && state != ExecutionState.FINISHED) {
          return false;
        }
      }
    }
    return true;
  }
}
