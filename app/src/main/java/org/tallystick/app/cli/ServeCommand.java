package org.tallystick.app.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.quartz.CronExpression;
import org.tallystick.app.session.Session;
import org.tallystick.jobs.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `tallystick serve`
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = {
      "Stays and lets the schedules fire: the nightly run by default at 02:30 UTC. Health is at",
      "/actuator/health. Ends on Ctrl-C. With TALLYSTICK_API_KEY set, callers of /api must send",
      "it as Authorization: Bearer KEY; without, only this machine is listened to."
    },
    footer = {
      "",
      "Examples:",
      "  tallystick serve --port 9090",
      "  tallystick serve --nightly '0 15 3 * * ?' --zone Europe/Paris"
    })
final class ServeCommand implements Callable<Integer> {

  @Mixin private Workplace workplace = new Workplace();

  @Option(
      names = "--port",
      defaultValue = "8080",
      paramLabel = "N",
      description = "Port to listen on, 0 for a free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      paramLabel = "ADDRESS",
      description = "Address to listen on (default: ${DEFAULT-VALUE}, this machine only).")
  private String host = "127.0.0.1";

  @Option(
      names = "--nightly",
      defaultValue = "0 30 2 * * ?",
      paramLabel = "CRON",
      description = "When the nightly run is wanted, a Quartz cron expression.")
  private String nightly = "";

  @Option(
      names = "--zone",
      defaultValue = "UTC",
      paramLabel = "ZONE",
      description = "The zone of --nightly (default: ${DEFAULT-VALUE}).")
  private String zone = "UTC";

  @Option(
      names = "--dev",
      description = "Callers of the API must send the development key: Bearer dev.")
  private boolean isDev;

  @Override
  public Integer call() throws InterruptedException {
    if (!CronExpression.isValidExpression(nightly)) {
      throw new BadInput(
          "--nightly expects a Quartz cron expression like '0 30 2 * * ?', found '"
              + nightly
              + "'");
    }
    if (!ZoneId.getAvailableZoneIds().contains(zone)) {
      throw new BadInput("--zone expects a time zone like Europe/Paris, found '" + zone + "'");
    }
    var settings =
        Map.of(
            "tallystick.api.key", key(),
            "server.port", String.valueOf(port),
            "server.address", host,
            "tallystick.nightly.cron", nightly,
            "tallystick.nightly.zone", zone);
    var session = Session.serve(workplace.data(), Progress.SILENT, settings);
    Runtime.getRuntime().addShutdownHook(new Thread(session::close, "closing"));
    workplace
        .out()
        .println(
            "listening on http://"
                + host
                + ":"
                + session.port()
                + ", nightly run at '"
                + nightly
                + "' in "
                + zone
                + "; Ctrl-C ends");
    new CountDownLatch(1).await();
    return 0;
  }

  /// What callers must send; empty if none need to, which only this machine may.
  private String key() {
    var key = Optional.ofNullable(System.getenv("TALLYSTICK_API_KEY")).orElse(isDev ? "dev" : "");
    if (key.isEmpty() && !isLoopback()) {
      throw new BadInput(
          "--host "
              + host
              + " is not this machine only; set TALLYSTICK_API_KEY to what callers must send as"
              + " Authorization: Bearer KEY");
    }
    return key;
  }

  private boolean isLoopback() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new BadInput("--host expects an address of this machine, found '" + host + "'");
    }
  }
}
