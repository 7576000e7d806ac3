import com.amazonaws.services.dynamodbv2.local.main.ServerRunner;
import com.amazonaws.services.dynamodbv2.local.server.DynamoDBProxyServer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * DynamoDB Local, on 127.0.0.1 only, on any free port if wished, and never outliving its parent.
 *
 * AWS's own main program has no option for the first two: it listens on every interface of the machine.
 * dynamodb.ts runs this file with Java's source launcher, so nothing has to be compiled beforehand.
 */
public class LoopbackDynamoDb {
  public static void main(String[] args) throws Exception {
    exitWhenParentIsGone();
    DynamoDBProxyServer proxy = ServerRunner.createServerFromCommandLineArgs(args);
    var field = DynamoDBProxyServer.class.getDeclaredField("server");
    field.setAccessible(true);
    Server server = (Server) field.get(proxy);
    ServerConnector connector = (ServerConnector) server.getConnectors()[0];
    connector.setHost("127.0.0.1");
    connector.setPort(Integer.getInteger("port", 0));
    proxy.start();
    System.out.println("listening on " + connector.getLocalPort());
    proxy.join();
  }

  /** The parent holds the other end of our standard input: its end means the parent has ended, however it did. */
  private static void exitWhenParentIsGone() {
    Thread watch = new Thread(() -> {
      try {
        while (System.in.read() != -1) {}
      } catch (java.io.IOException broken) {
        // A broken pipe says the same as its end.
      }
      Runtime.getRuntime().halt(0);
    });
    watch.setDaemon(true);
    watch.start();
  }
}
