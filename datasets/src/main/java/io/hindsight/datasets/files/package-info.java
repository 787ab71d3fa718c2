/**
 * Files that are read without Spark: their names, their character sets, and the settings of Hadoop.
 */
package io.hindsight.datasets.files;
