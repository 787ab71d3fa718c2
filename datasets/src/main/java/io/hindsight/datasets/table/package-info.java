/** Reads tables through Spark SQL; the only place of the module that knows its types. */
package io.hindsight.datasets.table;
