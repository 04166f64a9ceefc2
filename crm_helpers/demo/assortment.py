"""What the demo company sells, in words: categories, their items, typical prices and tastes."""

CATEGORIES = {
    "coffee and tea": (
        6.5,
        "ground coffee,coffee filters,espresso beans,green tea,black tea,herbal tea,cocoa,"
        "oat drink,sugar cubes,honey,milk frother,coffee pads,chai blend,iced tea",
    ),
    "pantry": (
        2.8,
        "spaghetti,tomato sauce,rice,olive oil,tortillas,salsa,guacamole mix,flour,lentils,"
        "chickpeas,vinegar,spice mix,soup,crackers",
    ),
    "sweets": (
        3.2,
        "dark chocolate,milk chocolate,gingerbread,mulled wine spice,wine gums,biscuits,nougat,"
        "marzipan,popcorn,dried fruit,nut mix,caramels,waffles,ice cream cones",
    ),
    "household": (
        4.9,
        "dish soap,sponges,laundry powder,fabric softener,bin bags,paper towels,toilet paper,"
        "glass cleaner,candles,matches,batteries,light bulbs,cling film,baking paper",
    ),
    "body care": (
        5.6,
        "shampoo,conditioner,shower gel,toothpaste,toothbrush,hand cream,sun cream,after sun,"
        "deodorant,soap,razor,shaving foam,face mask,lip balm",
    ),
    "baby": (
        9.4,
        "nappies,baby wipes,baby lotion,fruit puree,bottle,pacifier,bib,baby shampoo,baby bath,"
        "rattle,teether,muslin,baby spoon,night light",
    ),
    "pets": (
        8.2,
        "dog food,dog treats,cat food,cat litter,bird seed,dog lead,cat toy,fish food,pet brush,"
        "pet bed,chew bone,cat grass,hay,water bowl",
    ),
    "stationery": (
        4.4,
        "notebook,gel pen,gift wrap,gift ribbon,greeting card,stapler,folder,printer paper,"
        "marker,eraser,calendar,envelopes,tape,scissors",
    ),
    "kitchen": (
        14.5,
        "frying pan,spatula,knife,cutting board,mug,plate,bowl,wine glass,oven dish,whisk,"
        "storage jar,tea towel,grater,lunch box",
    ),
    "garden": (
        11.0,
        "potting soil,flower pot,seeds,watering can,grill charcoal,grill tongs,garden gloves,"
        "fertilizer,hose,lantern,hammock,bird house,secateurs,plant tray",
    ),
    "toys": (
        12.5,
        "building bricks,puzzle,board game,card game,doll,toy car,soft bear,crayons,play dough,"
        "kite,ball,skipping rope,train set,bubbles",
    ),
    "electronics": (
        19.0,
        "charging cable,phone case,earphones,power bank,desk lamp,alarm clock,usb stick,adapter,"
        "mouse,keyboard,speaker,torch,scale,thermometer",
    ),
}
TIERS = {"basic": 0.7, "standard": 1.0, "select": 1.65}

# Shares of the twelve categories (in the order above) and the three tiers in what a type buys.
TASTES = {
    "family": (8, 18, 9, 14, 9, 14, 7, 5, 4, 3, 7, 2),
    "bargain": (9, 22, 12, 18, 10, 3, 8, 6, 4, 3, 3, 2),
    "connoisseur": (20, 16, 13, 6, 9, 1, 3, 5, 15, 7, 1, 4),
    "gift": (6, 4, 18, 5, 8, 4, 1, 17, 11, 6, 15, 5),
    "home": (6, 8, 5, 14, 6, 2, 9, 6, 14, 16, 3, 11),
}
TIER_TASTES = {
    "family": (35, 50, 15),
    "bargain": (65, 30, 5),
    "connoisseur": (8, 42, 50),
    "gift": (20, 50, 30),
    "home": (30, 50, 20),
}
# Mean number of lines of a basket, before affinities add to it.
BASKET_LINES = {"family": 3.7, "bargain": 2.7, "connoisseur": 2.5, "gift": 1.9, "home": 2.4}
# How much a type is drawn from frequent buyers and from big spenders (per standard deviation).
TYPE_LEANINGS = {
    "family": (0.8, 0.2, 0.35),
    "bargain": (0.3, -0.8, 0.2),
    "connoisseur": (0.0, 0.9, -0.2),
    "gift": (-0.9, 0.0, 0.0),
    "home": (-0.2, 0.2, -0.1),
}
TYPES = tuple(TASTES)
