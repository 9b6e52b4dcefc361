package io.realmstream.deploy.embedded;

import io.realmstream.deploy.embedded.cluster.EmbeddedJob;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;

/**
 * What jobs have read before: a source commits its offsets to its group when a checkpoint is
 * complete, and never before.
 */
public final class ReadTopics {
  private final Admin admin;
  private final Set<String> groups;

  public ReadTopics(Admin admin) throws ExecutionException, InterruptedException {
    this.admin = admin;
    groups =
        admin.listGroups().all().get().stream()
            .map(GroupListing::groupId)
            .collect(Collectors.toSet());
  }

  /** Whether a job has had a complete checkpoint. */
  public boolean by(EmbeddedJob job) {
    return !of(job).isEmpty();
  }

  /** Lets those jobs begin anew. */
  void forget(List<EmbeddedJob> jobs) throws ExecutionException, InterruptedException {
    List<String> read = new ArrayList<>();
    jobs.forEach(job -> read.addAll(of(job)));
    admin.deleteConsumerGroups(read).all().get();
    groups.removeAll(read);
  }

  private List<String> of(EmbeddedJob job) {
    return job.group().isEmpty()
        ? List.of()
        : groups.stream().filter(group -> group.startsWith(job.group())).toList();
  }
}
