/** What a source held as it was read, and what has changed since: its files, or its version. */
package io.hindsight.datasets.snapshot;
