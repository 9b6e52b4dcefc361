/** How the knowledge base is: jobs, documents, versions, freshness, lags. */
@NullMarked
package io.realmstream.deploy.cli.status;

import org.jspecify.annotations.NullMarked;
