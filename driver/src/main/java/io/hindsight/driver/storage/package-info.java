/** Files and whole directories on this machine's disk, HDFS and object stores, written durably. */
package io.hindsight.driver.storage;
