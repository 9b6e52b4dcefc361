/** What watches a run: alerts, the dashboard, the runbook. */
@NullMarked
package io.realmstream.deploy.monitoring;

import org.jspecify.annotations.NullMarked;
