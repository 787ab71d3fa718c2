/** Tells a tracking server of MLflow how runs go, through its REST interface. */
package io.hindsight.driver.monitoring.mlflow;
